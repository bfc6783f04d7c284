using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// Which point somebody means: by the device's name on the whole site, else by its name at its edge, else by the
/// edge's.
/// Several are an answer too: whoever asked must say more. Pure.
/// </summary>
public static class PointLookup
{
    public static IReadOnlyList<Point> Find(SiteSnapshot site, IEnumerable<Point> known, string device, string signal)
    {
        // Nearly everybody asks by the whole name, and that needs no search.
        if (site.Find(new PointId($"{device}/{signal}")) is { } point && point.DeviceId == device)
        {
            return [point];
        }

        var inService = site.Points.Values.Where(candidate => candidate.Signal == signal).ToList();
        var retired = known.Where(candidate => candidate.Signal == signal && site.Find(candidate.Id) is null).ToList();
        foreach (var points in (IReadOnlyList<List<Point>>)[inService, retired])
        {
            foreach (var isMeant in Ways(device))
            {
                var meant = points.Where(isMeant).ToList();
                if (meant.Count > 0)
                {
                    return meant;
                }
            }
        }

        return [];
    }

    private static IEnumerable<Func<Point, bool>> Ways(string device) =>
    [
        point => point.DeviceId == device,
        point => point.Device == device,
        point => point.Edge == device,
    ];
}
