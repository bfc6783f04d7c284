using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Site;

/// <summary>The changes that lead from the site as it is to the site as it is wanted. Pure.</summary>
public static class SitePlan
{
    /// <summary>
    /// From the site to what its file says. A space whose description in the file hasn't changed keeps what happened to
    /// it since (somebody moved in), and so does a point (an exchanged meter); what the file doesn't mention stays.
    /// </summary>
    public static IReadOnlyList<SiteChange> Changes(SiteSnapshot site, SiteFile file)
    {
        var changes = new List<SiteChange>();
        changes.AddRange(file.Spaces
            .Where(space => site.SpacesAsDefined.GetValueOrDefault(space.Id) != space)
            .Select(space => new SiteChange.SpaceDefined(space)));

        var number = site.PointNumberLast;
        foreach (var wanted in file.Points)
        {
            var known = site.Find(wanted.Id);
            var point = wanted.At(known?.Number ?? new PointNumber(++number));
            if (point != site.PointsAsDescribed.GetValueOrDefault(point.Number.Value))
            {
                changes.Add(new SiteChange.PointCommissioned(point));
            }
        }

        changes.AddRange(file.Windows
            .Where(window => !site.Windows.GetValueOrDefault(window.SpaceId, []).Contains(window)
                && !site.WindowsWithdrawn.Contains(window))
            .Select(window => new SiteChange.WindowPlanned(window)));
        return changes;
    }

    /// <summary>A point brought into service, and its space with it if nobody has described that.</summary>
    public static IReadOnlyList<SiteChange> Commission(
        SiteSnapshot site, string edge, string device, string signal, string spaceId, SentUnit? sent = null)
    {
        if (site.Find(Point.IdOf(edge, device, signal)) is not null)
        {
            return [];
        }

        var point = new SiteChange.PointCommissioned(
            new Point(new PointNumber(site.PointNumberLast + 1), edge, device, signal, spaceId) { Sent = sent });
        return site.Spaces.ContainsKey(spaceId)
            ? [point]
            : [new SiteChange.SpaceDefined(new Space(spaceId, SpaceKind.Facility, spaceId)), point];
    }

    /// <summary>The unit that a point is first heard in is its own from then on.</summary>
    public static IReadOnlyList<SiteChange> Agree(SiteSnapshot site, PointId id, SentUnit sent) =>
        site.Find(id) is { Sent: null } point ? [new SiteChange.UnitAgreed(point.Number, sent)] : [];

    /// <summary>
    /// The rule packs put in force, but for those that the files had before: what a person has activated since stays.
    /// </summary>
    /// <param name="site">As it is.</param>
    /// <param name="packs">As the files have them.</param>
    /// <param name="areOwn">They are the site's own; the hub's replace only what nobody has replaced.</param>
    public static IReadOnlyList<SiteChange> Activate(
        SiteSnapshot site, IEnumerable<SiteChange.RulesActivated> packs, bool areOwn) =>
    [
        .. packs.Where(pack => site.PacksFromFiles.GetValueOrDefault(pack.PackId) != pack
            && (areOwn || site.Packs.GetValueOrDefault(pack.PackId)?.By is null)),
    ];
}
