using Hub.Rules.Engine;
using Hub.Rules.Site;

namespace Hub.Gateway.Watch;

/// <summary>
/// A whole site as the entries that would make it: what an engine has to be told first when the journal has been
/// trimmed and the changes that made the site are no longer in it. Pure.
/// </summary>
public static class SiteEntries
{
    public static IEnumerable<Entry> Of(SiteSnapshot site, DateTimeOffset at) =>
        from change in Changes(site)
        select new Entry.Changed(at, change);

    private static IEnumerable<SiteChange> Changes(SiteSnapshot site) =>
    [
        .. site.Spaces.Values.OrderBy(space => space.Id, StringComparer.Ordinal)
            .Select(space => new SiteChange.SpaceDefined(space)),
        .. site.Points.Values.OrderBy(point => point.Number.Value)
            .Select(point => new SiteChange.PointCommissioned(point)),
        .. site.Windows.Values.SelectMany(windows => windows)
            .Select(window => new SiteChange.WindowPlanned(window)),
        .. site.Packs.Values,
    ];
}
