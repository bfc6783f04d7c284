using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Inbox;

/// <summary>An order's promises as pages show them.</summary>
public static class OrderClock
{
    public static ClockView View(SlaClock clock) => new(
        clock.Kind.ToString(), clock.StartedAt, clock.DueAt, clock.StoppedAt, clock.Result == ClockResult.Replaced);

    /// <summary>The promise to show first: one that is broken and still unkept, else the one due next.</summary>
    public static ClockView? Next(WorkOrder order) =>
        order.Clocks.Where(clock => clock.IsTicking).MinBy(clock => clock.DueAt) is { } clock ? View(clock) : null;
}
