using Hub.Rules.Readings;

namespace Hub.Rules.Packs;

/// <summary>A rule that can't see what it asks for on one meter.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Parameter">Its setting that is too fine.</param>
/// <param name="Point">The meter's point.</param>
/// <param name="Why">The explanation, with the figures and the cure.</param>
public sealed record PackFinding(string RuleId, string Parameter, PointId Point, string Why)
{
    public override string ToString() => $"{RuleId}.{Parameter} on {Point}: {Why}";
}
