using Hub.Gateway.Storage;
using Hub.Rules.Alarms;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// All that one transaction of the desk writes. Decisions look at the orders as this transaction leaves them; nothing
/// is seen outside before <see cref="CommitAsync"/> has returned.
/// </summary>
internal sealed class DeskDraft(HubDb db, LiveOrders live, DeskRow desk, DateTimeOffset now, OrderPolicy policy)
{
    private readonly Dictionary<long, WorkOrder> _changed = [];
    private readonly Dictionary<string, long> _alarms = [];
    private readonly List<OrderEventRow> _events = [];
    private readonly List<NoticeRow> _notices = [];
    private readonly HashSet<long> _new = [];

    public DateTimeOffset Now { get; } = now;

    public OrderPolicy Policy { get; } = policy;

    /// <summary>The live orders as they will be.</summary>
    public LiveOrders Live { get; private set; } = live;

    public DeskRow Desk { get; } = desk;

    public IReadOnlyCollection<WorkOrder> Changed => _changed.Values;

    public async ValueTask<WorkOrder?> FindAsync(long id, CancellationToken cancel)
    {
        if (_changed.TryGetValue(id, out var changed))
        {
            return changed;
        }

        return Live.ById.GetValueOrDefault(id)
            ?? await OrderOfAsync(db.Set<OrderRow>().Where(row => row.Id == id), cancel);
    }

    /// <summary>The order on which that alarm has had its effect, if it has.</summary>
    public async ValueTask<WorkOrder?> FindAsync(AlarmId alarm, CancellationToken cancel)
    {
        if (!_alarms.TryGetValue(alarm.Value, out var id))
        {
            id = await db.Set<OrderAlarmRow>().Where(row => row.AlarmId == alarm.Value)
                .Select(row => row.OrderId).FirstOrDefaultAsync(cancel);
        }

        return id == 0 ? null : await FindAsync(id, cancel);
    }

    /// <summary>The order on that matter that was resolved last, if that was after an instant.</summary>
    public async ValueTask<WorkOrder?> LastSettledAsync(
        string spaceId, string symptom, DateTimeOffset after, CancellationToken cancel)
    {
        var ticks = after.UtcTicks;
        var stored = await OrderOfAsync(
            db.Set<OrderRow>()
                .Where(row => row.SpaceId == spaceId && row.Symptom == symptom && row.ResolvedAt > ticks)
                .OrderByDescending(row => row.ResolvedAt),
            cancel);
        var last = _changed.Values
            .Where(order => order.SpaceId == spaceId && order.Symptom == symptom && order.ResolvedAt > after)
            .Append(stored is null ? null : _changed.GetValueOrDefault(stored.Id, stored))
            .MaxBy(order => order?.ResolvedAt);
        return last is { IsSettled: true } ? last : null;
    }

    public WorkOrder Raise(OrderCommand.Raise command)
    {
        var (id, number) = Desk.Next(TimeZoneInfo.ConvertTime(Now, Policy.Zone));
        var events = WorkOrder.Raise(id, number, command, Now, Policy);
        var order = WorkOrder.Fold(events);
        _new.Add(id);
        Keep(order, events, 0);
        if (command.Alarm is { } alarm)
        {
            _alarms[alarm.Id.Value] = id;
        }

        return order;
    }

    /// <summary>Decides it and keeps what it comes to; a refusal leaves everything as it is.</summary>
    public (WorkOrder Order, Refusal? Refusal) Do(WorkOrder order, OrderCommand command)
    {
        switch (order.Decide(command, Now, Policy))
        {
            case OrderDecision.Done { Events: { Count: > 0 } events }:
                var after = events.Aggregate(order, (folded, happened) => folded.Apply(happened));
                Keep(after, events, order.Version);
                return (after, null);
            case OrderDecision.Refused refused:
                return (order, refused.Why);
            default:
                return (order, null);
        }
    }

    /// <summary>What time alone brings: breaches, rungs, and that it goes on, unless another is open on it.</summary>
    public void Elapse(WorkOrder order)
    {
        if (!(order.GoesOnAt(Policy) <= Now))
        {
            Do(order, new OrderCommand.Elapse());
        }
        else if (Live.OpenOn(order.SpaceId, order.Symptom) is null)
        {
            Do(order, new OrderCommand.GoOn());
        }
        else
        {
            var (elapsed, _) = Do(order, new OrderCommand.Elapse());
            Live = Live.With(elapsed, Policy);
        }
    }

    public WorkOrder Undo(WorkOrder order, Actor by, OrderEvent act, WorkOrder before)
    {
        var events = order.Undo(by, act, before, Now, Policy);
        var after = events.Aggregate(order, (folded, happened) => folded.Apply(happened));
        Keep(after, events, order.Version);
        return after;
    }

    public void Handled(AlarmId alarm, long order) => _alarms[alarm.Value] = order;

    /// <summary>Everything in one transaction; when it returns, it is on the disk.</summary>
    public async Task CommitAsync(CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // An order that closes makes room for a new one on the same matter, so what was there is written first.
        var kept = _changed.Values.Where(order => !_new.Contains(order.Id)).ToList();
        db.UpdateRange(kept.Select(Row));
        db.UpdateRange(kept.Select(OrderOutcomeRow.Of).OfType<OrderOutcomeRow>());
        await db.SaveChangesAsync(cancel);
        var raised = _changed.Values.Where(order => _new.Contains(order.Id)).ToList();
        db.AddRange(raised.Select(Row));
        db.AddRange(raised.Select(OrderOutcomeRow.Of).OfType<OrderOutcomeRow>());
        db.AddRange(_events);
        db.AddRange(_notices);
        db.AddRange(_alarms.Select(alarm => new OrderAlarmRow { AlarmId = alarm.Key, OrderId = alarm.Value }));
        db.Update(Desk);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private OrderRow Row(WorkOrder order) => OrderRow.Of(order, Policy);

    private void Keep(WorkOrder order, IReadOnlyList<OrderEvent> events, int version)
    {
        _changed[order.Id] = order;
        Live = Live.With(order, Policy);
        _events.AddRange(events.Select((happened, index) => OrderEventRow.Of(order.Id, version + index + 1, happened)));
        _notices.AddRange(events.SelectMany(happened => Notice.Of(order, happened, Policy.Duty)));
    }

    private static async ValueTask<WorkOrder?> OrderOfAsync(IQueryable<OrderRow> rows, CancellationToken cancel) =>
        await rows.AsNoTracking().Select(row => row.Snapshot).FirstOrDefaultAsync(cancel) is { } snapshot
            ? OrderJson.ReadOrder(snapshot)
            : null;
}
