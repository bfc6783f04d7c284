using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Facilities;

/// <summary>
/// While somebody is at the maintenance of a facility, its machines start, stop and stand still as they never do: the
/// rules are told so. From the arrival until the order is over. Compares the open orders with the site's windows, so
/// that what happened just before a crash is told after it. Pure.
/// </summary>
public static class MaintenanceWindows
{
    /// <summary>The reason of these windows; a site file has none of that name.</summary>
    public const string Reason = "maintenance";

    /// <summary>The windows that orders need and the site does not have yet.</summary>
    public static IEnumerable<PlannedWindow> Missing(
        IReadOnlyList<WorkOrder> open, SiteSnapshot site, FacilityPolicy policy) =>
        Needed(open, site, policy)
            .Where(window => !site.Windows.GetValueOrDefault(window.SpaceId, []).Contains(window));

    /// <summary>The windows whose orders are over.</summary>
    public static IEnumerable<PlannedWindow> Over(
        IReadOnlyList<WorkOrder> open, SiteSnapshot site, FacilityPolicy policy, DateTimeOffset now) =>
        site.Windows.Values.SelectMany(windows => windows)
            .Where(window => window.Reason == Reason && window.To > now)
            .Except(Needed(open, site, policy));

    private static IEnumerable<PlannedWindow> Needed(
        IReadOnlyList<WorkOrder> open, SiteSnapshot site, FacilityPolicy policy) =>
        from order in open
        where order.Kind == PlanBook.Kind
            && site.Spaces.GetValueOrDefault(order.SpaceId) is { Kind: SpaceKind.Facility }
        let arrived = order.ArrivedAt
        where arrived is not null
        select new PlannedWindow(order.SpaceId, arrived.Value, arrived.Value + policy.WindowMax, Reason);
}
