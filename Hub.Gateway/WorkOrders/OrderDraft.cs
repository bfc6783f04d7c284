using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// The events that one decision comes to, and the order as they leave it: each next event is decided on the order
/// after the ones before it. Lives within one call of <see cref="WorkOrder.Decide"/>.
/// </summary>
/// <param name="order">The order as it is.</param>
/// <param name="now">When the hub writes it down.</param>
/// <param name="policy">The promises in figures.</param>
/// <param name="doneAt">When it was done, if that was earlier.</param>
internal sealed class OrderDraft(
    WorkOrder order, DateTimeOffset now, OrderPolicy policy, DateTimeOffset? doneAt = null)
{
    private readonly List<OrderEvent> _events = [];

    public WorkOrder Order { get; private set; } = order;

    public OrderPolicy Policy { get; } = policy;

    /// <summary>When the hub writes it down.</summary>
    public DateTimeOffset NotedAt { get; } = now;

    /// <summary>
    /// When what is decided happens: when it was done, else now, but never before what has happened already.
    /// </summary>
    public DateTimeOffset At { get; private set; } =
        doneAt < now ? doneAt.Value : now > order.LastAt ? now : order.LastAt;

    public IReadOnlyList<OrderEvent> Events => _events;

    public void Add(OrderEvent happened)
    {
        Order = Order.Apply(happened);
        _events.Add(happened);
    }

    /// <summary>An event that is the first of its order, which is why <see cref="Order"/> is it already.</summary>
    public void AddFirst(OrderEvent.Raised raised) => _events.Add(raised);

    public void Start(ClockKind kind, DateTimeOffset at, DateTimeOffset? dueAt = null) =>
        Add(new OrderEvent.ClockStarted(at, NotedAt, Actor.Hub, kind, dueAt ?? at + Policy.Length(kind)));

    /// <summary>
    /// Ends a clock if it ticks. One that was breached stays breached, unless it turns out now that the promise had
    /// been kept in time.
    /// </summary>
    public void Stop(ClockKind kind, Actor by, ClockResult result = ClockResult.Met)
    {
        if (Order.Ticking(kind) is { } clock)
        {
            var isInTime = clock.IsRunning || At < clock.DueAt;
            Add(new OrderEvent.ClockStopped(At, NotedAt, by, kind, isInTime ? result : clock.Result));
        }
    }

    public void StopAll(Actor by, ClockResult result)
    {
        foreach (var clock in Order.Clocks.Where(clock => clock.IsTicking))
        {
            Stop(clock.Kind, by, result);
        }
    }

    /// <summary>From when it was done to now.</summary>
    public void CatchUp()
    {
        At = NotedAt > Order.LastAt ? NotedAt : Order.LastAt;
        Elapse();
    }

    /// <summary>What time alone has brought up to <see cref="At"/>, in the order in which it fell due.</summary>
    public void Elapse()
    {
        while (NextDue() is { } due)
        {
            Add(due);
        }

        foreach (var clock in Order.Clocks.Where(clock => clock.IsRunning && !clock.IsWarned))
        {
            if (Order.WarnAt(clock, Policy) is var warnAt && warnAt <= At)
            {
                Add(new OrderEvent.DueSoon(warnAt, NotedAt, Actor.Hub, clock.Kind, clock.DueAt));
            }
        }
    }

    private OrderEvent? NextDue()
    {
        var breach = Order.Clocks.Where(clock => clock.IsRunning && clock.DueAt <= At).MinBy(clock => clock.DueAt);
        var step = Order is { IsOpen: true, AcceptedBy: null }
            ? Order.Ladder.FirstOrDefault(step => !step.IsTold && step.DueAt <= At)
            : null;
        return (breach, step) switch
        {
            ({ } clock, _) when step is null || clock.DueAt < step.DueAt =>
                new OrderEvent.Breached(clock.DueAt, NotedAt, Actor.Hub, clock.Kind),
            (_, { } rung) => Call(rung),
            _ => null,
        };
    }

    private OrderEvent Call(LadderStep rung)
    {
        var called = Policy.Duty?.Whom(
            rung.To, Order.SpaceId, rung.DueAt, isUrgent: Order.Priority == OrderPriority.Urgent);
        return called is { People.Count: 0 }
            ? new OrderEvent.Unreached(rung.DueAt, NotedAt, Actor.Hub, rung.To)
            : new OrderEvent.Escalated(rung.DueAt, NotedAt, Actor.Hub, rung.To, called);
    }
}
