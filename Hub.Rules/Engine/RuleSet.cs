using System.Collections.Immutable;
using Hub.Rules.Packs;

namespace Hub.Rules.Engine;

/// <summary>The rules in force: some packs, by id, checked and flattened. Immutable; replaced whole.</summary>
public sealed class RuleSet
{
    private RuleSet(ImmutableSortedDictionary<string, RulePack> packs)
    {
        Packs = packs;
        Rules = [.. packs.Values.SelectMany(pack => pack.Rules.Select(rule => new BoundRule(rule, pack.Version)))];
        foreach (var bound in Rules)
        {
            DetectorCatalogue.Of(bound.Rule.Detector);
        }

        var ids = Rules.GroupBy(bound => bound.Rule.Id, StringComparer.Ordinal);
        if (ids.FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Rule '{twice.Key}' stands in the active packs twice.", nameof(packs));
        }
    }

    public ImmutableSortedDictionary<string, RulePack> Packs { get; }

    public IReadOnlyList<BoundRule> Rules { get; }

    public static RuleSet From(params IEnumerable<RulePack> packs) =>
        new(packs.ToImmutableSortedDictionary(pack => pack.Id, pack => pack, StringComparer.Ordinal));

    /// <summary>With this pack in the place of the one of the same id.</summary>
    public RuleSet With(RulePack pack) => new(Packs.SetItem(pack.Id, pack));
}
