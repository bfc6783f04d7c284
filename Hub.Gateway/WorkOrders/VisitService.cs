using Hub.Rules.Site;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// Whoever accepts an order in a unit goes in: the doors and taps that move then are a visit, not an intrusion.
/// Compares the open orders with the site's planned windows, so that a visit accepted just before a crash is
/// announced after it.
/// </summary>
public sealed class VisitService(OrderDesk desk, IPremises premises, TimeProvider time) : BackgroundService
{
    public const string Reason = "visit";

    /// <summary>The windows that accepted orders need and the site does not have yet.</summary>
    public static IEnumerable<PlannedWindow> Missing(
        IEnumerable<WorkOrder> open, SiteSnapshot site, TimeSpan visitFor, DateTimeOffset now) =>
        from order in open
        where order.AcceptedAt > now - visitFor
        where site.Spaces.GetValueOrDefault(order.SpaceId) is { Kind: SpaceKind.Unit }
        let window = new PlannedWindow(
            order.SpaceId, order.AcceptedAt!.Value, order.AcceptedAt.Value + visitFor, Reason)
        where !site.Windows.GetValueOrDefault(order.SpaceId, []).Contains(window)
        select window;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await desk.LoadAsync(stoppingToken);
        while (true)
        {
            var change = desk.NextChange;
            await PlanAsync(stoppingToken);
            await change.WaitAsync(stoppingToken);
        }
    }

    private async Task PlanAsync(CancellationToken stopping)
    {
        var missing = Missing(desk.OpenOrders, premises.Current, desk.Policy.VisitFor, time.GetUtcNow());
        foreach (var window in missing.Distinct().ToList())
        {
            await premises.PlanAsync(window, stopping);
        }
    }
}
