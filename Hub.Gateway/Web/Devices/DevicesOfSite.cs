using Hub.Gateway.Series;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Devices;

/// <summary>
/// The devices of a hub that keeps no fleet book: what the site names, and when the history last heard of each.
/// </summary>
public sealed class DevicesOfSite(IPremises premises, IServiceProvider services)
{
    private readonly HistoryStore? _history = services.GetService<HistoryStore>();

    public IReadOnlyList<EdgeView> Edges(DateTimeOffset now)
    {
        var site = premises.Current;
        return
        [
            .. site.Points.Values.GroupBy(point => point.Edge)
                .Select(group => Edge(group.Key, group, site, now))
                .OrderByDescending(edge => Health.Rank(edge.State))
                .ThenBy(edge => edge.Id, StringComparer.Ordinal),
        ];
    }

    private EdgeView Edge(string id, IEnumerable<Point> points, SiteSnapshot site, DateTimeOffset now)
    {
        var devices = points.GroupBy(point => point.DeviceId)
            .Select(group => Device(group.Key, [.. group], site, now))
            .OrderByDescending(device => Health.Rank(device.State))
            .ThenBy(device => device.Id, StringComparer.Ordinal)
            .ToList();
        var seen = devices.Max(device => device.SeenAt);
        return new EdgeView(id, Health.WorstOf(devices), null, null, seen, null, 0, devices);
    }

    private DeviceView Device(string id, IReadOnlyList<Point> points, SiteSnapshot site, DateTimeOffset now)
    {
        var seen = points.Max(point => _history?.Latest(point.Number)?.At);
        var every = points.Min(point => point.Every);
        return new DeviceView(
            id, site.SpaceOf(points[0])?.Name ?? points[0].SpaceId,
            [.. points.Select(point => point.Signal).Order(StringComparer.Ordinal)],
            Health.Of(seen, every, now), null, seen, null, every, 0);
    }
}
