using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>A ledger file held against the ledger. Pure.</summary>
/// <param name="Added">Units that the site does not know.</param>
/// <param name="Changed">Units of which the file says something else.</param>
/// <param name="Missing">Units that the file does not mention: nothing happens to them.</param>
/// <param name="Same">How many are as the file says.</param>
public sealed record LedgerDiff(
    IReadOnlyList<LedgerLine> Added, IReadOnlyList<LedgerChange> Changed, IReadOnlyList<Space> Missing, int Same)
{
    /// <summary>The same for the same differences: whoever applies what was shown sends it along.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new { Added, Changed }))))[..16];

    public static LedgerDiff Of(
        SiteSnapshot site, IReadOnlyDictionary<string, string> owners, IReadOnlyList<LedgerLine> lines)
    {
        var known = lines.Where(line => site.Spaces.ContainsKey(line.Unit.Id))
            .Select(line => new LedgerChange(
                site.Spaces[line.Unit.Id], line, owners.GetValueOrDefault(line.Unit.Id, "")))
            .ToList();
        var named = lines.Select(line => line.Unit.Id).ToHashSet(StringComparer.Ordinal);
        List<LedgerChange> changed = [.. known.Where(change => change.IsMove || change.IsOwner)];
        return new LedgerDiff(
            [.. lines.Where(line => !site.Spaces.ContainsKey(line.Unit.Id))],
            changed,
            [
                .. WalkingOrder.Of(site.Spaces.Values.Where(
                    space => space.Kind == SpaceKind.Unit && !named.Contains(space.Id))),
            ],
            known.Count - changed.Count);
    }

    /// <summary>What applying it changes of the site; who owns what is the ledger's own.</summary>
    public IReadOnlyList<SiteChange> Changes(string by, DateTimeOffset now) =>
    [
        .. Added.Select(line => new SiteChange.SpaceDefined(line.Unit)),
        .. Changed.Where(change => change.IsMove).Select(change => Move(change, by, now)),
    ];

    /// <summary>A unit that was and stays vacant only gets its day corrected: the rules judge on as they did.</summary>
    private static SiteChange.OccupancyChanged Move(LedgerChange change, string by, DateTimeOffset now)
    {
        var to = change.Line.Unit;
        var isStill = change.Unit.IsVacant && to.IsVacant;
        return new SiteChange.OccupancyChanged(
            to.Id, to.Occupancy, isStill ? now : to.VacantSince ?? now, to.VacantSince, by);
    }
}
