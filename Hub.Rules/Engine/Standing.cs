using Hub.Rules.Alarms;
using Hub.Rules.Detectors;

namespace Hub.Rules.Engine;

/// <summary>What one rule would answer if it were asked now why it says nothing about a point.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Detector">Its detector's code.</param>
/// <param name="PackVersion">The version of its pack.</param>
/// <param name="Kind">The one reason.</param>
/// <param name="Measure">Its figure against its limit, where there is one.</param>
/// <param name="Why">The sentence, to be rendered.</param>
public sealed record Standing(
    string RuleId, string Detector, int PackVersion, StandingKind Kind, Measure? Measure, Explanation Why);
