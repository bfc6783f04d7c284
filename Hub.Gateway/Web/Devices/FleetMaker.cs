using Hub.Gateway.Series;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Devices;

/// <summary>Makes the page of everything that reports.</summary>
public sealed class FleetMaker(IPremises premises, WebOptions options, IServiceProvider services)
{
    private readonly HistoryStore? _history = services.GetService<HistoryStore>();

    public FleetView Make(Frame frame, string? trouble = null, string? done = null)
    {
        var site = premises.Current;
        var edges = site.Points.Values.GroupBy(point => point.Edge)
            .Select(group => Edge(group.Key, group, site, frame.Now))
            .OrderByDescending(edge => Health.Rank(edge.State))
            .ThenBy(edge => edge.Id, StringComparer.Ordinal);
        return new FleetView(
            [.. edges], [], [], 0,
            [.. site.Spaces.Values.OrderBy(space => space.Id, StringComparer.Ordinal).Select(space => (space.Id, space.Name))],
            frame.Visitor!.Is(Roles.Commissioners), trouble, done);
    }

    private EdgeView Edge(string id, IEnumerable<Point> points, SiteSnapshot site, DateTimeOffset now)
    {
        var devices = points.GroupBy(point => point.DeviceId)
            .Select(group => Device(group.Key, [.. group], site, now))
            .OrderByDescending(device => Health.Rank(device.State))
            .ThenBy(device => device.Id, StringComparer.Ordinal)
            .Take(options.DevicesMax)
            .ToList();
        var seen = devices.Max(device => device.SeenAt);
        return new EdgeView(id, Health.WorstOf(devices), null, seen, null, 0, "", devices);
    }

    private DeviceView Device(string id, IReadOnlyList<Point> points, SiteSnapshot site, DateTimeOffset now)
    {
        var seen = points.Max(point => _history?.Latest(point.Number)?.At);
        var every = points.Min(point => point.Every);
        return new DeviceView(
            id, site.SpaceOf(points[0])?.Name ?? points[0].SpaceId,
            [.. points.Select(point => point.Signal).Order(StringComparer.Ordinal)],
            Health.Of(seen, every, now), seen, null, every, 0);
    }
}
