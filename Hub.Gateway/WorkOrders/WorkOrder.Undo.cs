namespace Hub.Gateway.WorkOrders;

public sealed partial record WorkOrder
{
    /// <summary>
    /// What somebody did last to an order with those events, and the order as it would be without it; null if there was
    /// nothing after its raising. What time alone has brought since then stays, but for what only the act had made due.
    /// </summary>
    internal static (OrderEvent Act, WorkOrder Before)? LastAct(IReadOnlyList<OrderEvent> events)
    {
        var end = events.Count - 1;
        while (end > 0 && IsOfTime(events[end]))
        {
            end--;
        }

        // One decision is written down at one instant: what somebody did, and then what it meant for the clocks.
        var from = end;
        while (from > 0 && events[from].By.Role == ActorRole.Hub && IsOneWith(events[from - 1], events[end]))
        {
            from--;
        }

        while (from > 0 && events[from - 1].By.Id == events[from].By.Id && IsOneWith(events[from - 1], events[end]))
        {
            from--;
        }

        return from == 0
            ? null
            : (events[from], events.Skip(from).Where(IsOfTime).Aggregate(
                Fold(events.Take(from)),
                (order, happened) => order.IsDueAt(happened) ? order.Apply(happened) : order));
    }

    /// <summary>The events of taking an act back.</summary>
    internal IReadOnlyList<OrderEvent> Undo(
        Actor by, OrderEvent act, WorkOrder before, DateTimeOffset now, OrderPolicy policy)
    {
        var draft = new OrderDraft(this, now, policy);
        draft.Add(new OrderEvent.Undone(draft.At, now, by, act.At, before));
        draft.Elapse();
        return draft.Events;
    }

    /// <summary>Time alone brings that to this order, at that instant.</summary>
    private bool IsDueAt(OrderEvent happened) => happened switch
    {
        OrderEvent.Breached end => Ticking(end.Clock) is { IsRunning: true } clock && clock.DueAt == end.At,
        OrderEvent.DueSoon soon => Ticking(soon.Clock) is { IsRunning: true } clock && clock.DueAt == soon.DueAt,
        _ => IsOpen && AcceptedBy is null
            && Ladder.FirstOrDefault(step => !step.IsTold)?.DueAt == happened.At,
    };

    private static bool IsOneWith(OrderEvent before, OrderEvent last) =>
        before.NotedAt == last.NotedAt && !IsOfTime(before);

    private static bool IsOfTime(OrderEvent happened) =>
        happened is OrderEvent.Breached or OrderEvent.DueSoon or OrderEvent.Escalated or OrderEvent.Unreached;
}
