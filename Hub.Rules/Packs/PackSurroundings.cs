using System.IO.Enumeration;
using Hub.Rules.Site;

namespace Hub.Rules.Packs;

/// <summary>
/// What a pack has to fit before it is activated: the site it is for, and the packs that are active beside it. A pack
/// that is only read again, from a journal, needs none: it was checked on its day.
/// </summary>
/// <param name="Spaces">The site's spaces; with none, nothing is said about what a scope names.</param>
/// <param name="Points">Its points, with their meters.</param>
/// <param name="Commissioning">Who else may come.</param>
/// <param name="RuleIds">The rules of the packs beside it, and where each stands.</param>
/// <param name="PackIds">The packs beside it that were read with it, and where each stands.</param>
public sealed record PackSurroundings(
    IReadOnlyCollection<Space> Spaces, IReadOnlyCollection<Point> Points,
    IReadOnlyList<CommissioningPattern> Commissioning, IReadOnlyDictionary<string, string> RuleIds,
    IReadOnlyDictionary<string, string> PackIds)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>Nothing is known of the site; what a pack says is still checked against itself.</summary>
    public static readonly PackSurroundings None = new([], [], [], Nothing, Nothing);

    public static PackSurroundings Of(SiteFile site) => None with
    {
        Spaces = site.Spaces,
        Points = [.. site.Points.Select((point, index) => point.At(new(index + 1)))],
        Commissioning = site.Commissioning,
    };

    public static PackSurroundings Of(SiteSnapshot site, IReadOnlyList<CommissioningPattern> commissioning) => None with
    {
        Spaces = [.. site.Spaces.Values.OrderBy(space => space.Id, StringComparer.Ordinal)],
        Points = [.. site.Points.Values.OrderBy(point => point.Number.Value)],
        Commissioning = commissioning,
    };

    /// <summary>With one more pack beside it.</summary>
    public PackSurroundings With(RulePack pack, string where)
    {
        var rules = new Dictionary<string, string>(RuleIds, StringComparer.Ordinal);
        foreach (var rule in pack.Rules)
        {
            rules.TryAdd(rule.Id, where);
        }

        var packs = new Dictionary<string, string>(PackIds, StringComparer.Ordinal);
        packs.TryAdd(pack.Id, where);
        return this with { RuleIds = rules, PackIds = packs };
    }

    /// <summary>What a scope's list may name there; null where that can't be known.</summary>
    internal IReadOnlyCollection<string>? NamesFor(string key)
    {
        if (Spaces.Count == 0)
        {
            return null;
        }

        return key switch
        {
            "buildings" => Named(Spaces.Select(space => space.Building)),
            "tags" => Named(Spaces.SelectMany(space => space.Tags.Split(' '))),
            "spaces" when Commissioning.All(pattern => IsDeclared(pattern.Space)) => Named(Spaces.Select(s => s.Id)),
            "devices" => Named(Points.Select(point => point.DeviceId).Concat(Commissioning.Select(p => p.Device))),
            _ => null,
        };
    }

    /// <summary>Whether a name, or a pattern on either side, fits the other.</summary>
    internal static bool Fits(string written, string known) =>
        FileSystemName.MatchesSimpleExpression(written, known, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(known, written, ignoreCase: true);

    private static string[] Named(IEnumerable<string> names) =>
        [.. names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private bool IsDeclared(string id) => Spaces.Any(space => space.Id == id);
}
