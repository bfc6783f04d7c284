using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Readings;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>People, presses and alarms for what a test does not care about.</summary>
internal static class Some
{
    public static readonly DateTimeOffset T0 = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    public static readonly Actor Wang = new("butler-07", ActorRole.Butler, "管家 07");

    public static readonly Actor Li = new("butler-08", ActorRole.Butler, "管家 08");

    public static readonly Actor Chief = new("chief-01", ActorRole.Chief, "大管家");

    public static readonly Actor Resident = new("resident", ActorRole.Resident, "业主");

    public static DateTimeOffset At(double minutes) => T0.AddMinutes(minutes);

    public static OrderCommand.Explain Explain(DateTimeOffset newTime, Actor? by = null) =>
        new("phone", "the resident", "The part has to be fetched.", newTime, by ?? Wang);

    public static AlarmTransition.Raised Press(string id, DateTimeOffset at, string space = "b1-e2-lobby") => new(
        new AlarmId($"summon|{space}|{id}"), "summon", "K1", space, "edge-b1/lobby", "button.press", at, at, 1,
        new OrderRequest("summon", "summon", OrderPriority.Normal, "butler"),
        new Explanation("K1", new Dictionary<string, string> { ["at"] = at.ToString("O") }),
        new Evidence([new PointNumber(7)], at, at, null, ""));

    public static AlarmTransition.Withdrawn Withdrawn(
        string id, DateTimeOffset at, string space = "b1-e2-lobby") => new(
        new AlarmId($"summon|{space}|{id}"), "summon", "K1", space, "edge-b1/lobby", "button.press", at);

    public static AlarmTransition.Raised Leak(
        DateTimeOffset at, string space = "b1-e2-0301", OrderPriority priority = OrderPriority.Normal,
        string kind = "leak", string rule = "vacant-water") => new(
        LeakId(at, space, rule), rule, "W2", space, "edge-b1/w-0301", "water.volume", at, at.AddHours(-2), 3,
        new OrderRequest(kind, "water", priority, "butler"),
        new Explanation("W2", new Dictionary<string, string> { ["hours"] = "4", ["limit"] = "4" }),
        new Evidence([new PointNumber(3)], at.AddHours(-6), at, 4, "l/h"));

    public static AlarmTransition.Cleared LeakCleared(
        DateTimeOffset raisedAt, DateTimeOffset at, string space = "b1-e2-0301", string rule = "vacant-water") => new(
        LeakId(raisedAt, space, rule), rule, "W2", space, "edge-b1/w-0301", "water.volume", at);

    public static OrderCommand.Raise Raise(AlarmTransition.Raised raised) => new(
        raised.SpaceId, raised.Order!, raised.At, Actor.Hub, OrderAlarm.Of(raised), raised.Why, raised.Evidence);

    /// <summary>An order raised by that alarm, noticed at once.</summary>
    public static WorkOrder Order(AlarmTransition.Raised raised) =>
        WorkOrder.Fold(WorkOrder.Raise(1, "2026-11-0001", Raise(raised), raised.At));

    /// <summary>The order after a command that must not be refused.</summary>
    public static WorkOrder After(this WorkOrder order, OrderCommand command, DateTimeOffset now) =>
        order.Decide(command, now) is OrderDecision.Done done
            ? done.Events.Aggregate(order, (folded, happened) => folded.Apply(happened))
            : throw new InvalidOperationException($"Refused: {order.Decide(command, now)}");

    public static Refusal Refusal(this WorkOrder order, OrderCommand command, DateTimeOffset now) =>
        Assert.IsType<OrderDecision.Refused>(order.Decide(command, now)).Why;

    public static SlaClock Clock(this WorkOrder order, ClockKind kind) => order.Clocks.Last(clock => clock.Kind == kind);

    private static AlarmId LeakId(DateTimeOffset at, string space, string rule) => new($"{rule}|{space}|{at:O}");
}
