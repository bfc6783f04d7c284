namespace Hub.Gateway.WorkOrders;

public sealed partial class OrderDesk
{
    /// <summary>What that person may undo now, of an order with those events; null if nothing.</summary>
    public OrderEvent? UndoableBy(Actor by, IReadOnlyList<OrderEvent> events) =>
        WorkOrder.LastAct(events) is var (act, _) && IsUndoable(act, by, time.GetUtcNow()) ? act : null;

    /// <summary>Takes back what that person did a moment ago, if nobody has done anything since.</summary>
    private async Task<DeskAnswer> UndoAsync(
        DeskDraft draft, WorkOrder order, OrderCommand.Undo undo, CancellationToken cancel)
    {
        var last = WorkOrder.LastAct(await HistoryAsync(order.Id, cancel));
        if (last is not var (act, before) || !IsUndoable(act, undo.By, draft.Now))
        {
            return new DeskAnswer(order, new(
                RefusalReason.NothingToUndo,
                $"Only what you did last can be undone, and only within {OrderPolicy.UndoFor.TotalSeconds} seconds.",
                last?.Act.By, last?.Act.At));
        }

        if (before.IsOpen && draft.Live.OpenOn(order.SpaceId, order.Symptom) is { } open && open.Id != order.Id)
        {
            return new DeskAnswer(order, IsOpenAlready(open));
        }

        return new DeskAnswer(draft.Undo(order, undo.By, act, before));
    }

    private static bool IsUndoable(OrderEvent act, Actor by, DateTimeOffset now) =>
        act is not OrderEvent.Undone && act.By.Id == by.Id && now <= act.At + OrderPolicy.UndoFor;

    /// <summary>The last thing that a person did to an order.</summary>
    private async Task<OrderEvent?> LastByPersonAsync(long id, CancellationToken cancel) =>
        (await HistoryAsync(id, cancel)).LastOrDefault(happened => happened.By.Role != ActorRole.Hub);

    private static Refusal IsOpenAlready(WorkOrder open) => new(
        RefusalReason.AnotherIsOpen, $"Order {open.Number} is open on this already.", open.AcceptedBy, open.StartedAt);
}
