using System.Collections.Frozen;

namespace Hub.Rules.Packs;

/// <summary>Two settings of one detector of which one may not be greater than the other.</summary>
/// <param name="Lesser">The one that is at most as great.</param>
/// <param name="Greater">The other.</param>
/// <param name="Why">What would be wrong otherwise.</param>
public sealed record ParameterRelation(string Lesser, string Greater, string Why)
{
    private static readonly FrozenDictionary<string, ParameterRelation[]> ByDetector =
        new Dictionary<string, ParameterRelation[]>
        {
            ["W2"] =
            [
                new("min-flow", "fast-flow", "the fast flow is the greater of the two"),
                new("fast-lasting", "lasting", "the greater flow is judged sooner, or it would never be heard"),
            ],
            ["W3"] = [new("vacant-volume", "volume", "nobody draws more in an empty home than where people live")],
            ["H1"] =
            [
                new("intervals", "learnt-intervals", "an interval that was only learnt is trusted less"),
                new("at-least", "unknown", "a point whose interval nobody knows is given longer"),
            ],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What holds between the settings of that detector.</summary>
    public static IReadOnlyList<ParameterRelation> Of(string detector) => ByDetector.GetValueOrDefault(detector, []);
}
