using Hub.Rules.Alarms;

namespace Hub.Rules.Packs;

/// <summary>One rule as written: a detector, where it looks, how it is set, what it asks for when it fires.</summary>
/// <param name="Id">Unique among the active packs: <c>vacant-water-continuous</c>.</param>
/// <param name="Detector">The detector's code in <see cref="DetectorCatalogue"/>: W2, K1, …</param>
/// <param name="Scope">Where it looks.</param>
/// <param name="Parameters">
/// By the name of a <see cref="ParameterSpec"/>, in its dimension's canonical unit; what is missing has its default.
/// </param>
/// <param name="OnDelay">How long the condition must hold before it is raised.</param>
/// <param name="OffDelay">How long it must be gone before it is cleared.</param>
/// <param name="Order">The work order it asks for; null for a mere notice.</param>
/// <param name="Why">Why this rule exists, in the words of whoever wrote it.</param>
public sealed record Rule(
    string Id, string Detector, RuleScope Scope, IReadOnlyDictionary<string, double> Parameters,
    TimeSpan OnDelay, TimeSpan OffDelay, OrderRequest? Order, string? Why = null)
{
    /// <summary>The rule's own sentence by language, in the place of its detector's; null for that one.</summary>
    public IReadOnlyDictionary<string, string>? Says { get; init; }

    /// <summary>The parameter as written, or the catalogue's default.</summary>
    public double Parameter(string name) =>
        Parameters.TryGetValue(name, out var value) ? value : DetectorCatalogue.Of(Detector).Parameter(name).Default;

    /// <summary>
    /// Whether the other rule, of a newer pack perhaps, judges just as this one: what was seen goes on counting.
    /// </summary>
    public bool JudgesAs(Rule other) =>
        Id == other.Id && Detector == other.Detector && OnDelay == other.OnDelay && OffDelay == other.OffDelay
        && Scope.Occupancy == other.Scope.Occupancy
        && DetectorCatalogue.Of(Detector).Parameters.All(spec => Parameter(spec.Name) == other.Parameter(spec.Name));

    /// <summary>A rule with everything as the catalogue has it.</summary>
    public static Rule Of(string id, string detector, OccupancyScope? occupancy = null, params (string, double)[] set)
    {
        var spec = DetectorCatalogue.Of(detector);
        return new Rule(
            id, detector, spec.Scope with { Occupancy = occupancy ?? spec.Scope.Occupancy },
            set.ToDictionary(pair => pair.Item1, pair => pair.Item2), spec.OnDelay, spec.OffDelay, spec.Order);
    }
}
