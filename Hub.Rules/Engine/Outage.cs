namespace Hub.Rules.Engine;

/// <summary>The running case of a riser whose homes have lost their supply together.</summary>
/// <param name="AlarmId">The episode.</param>
/// <param name="RuleId">The rule that raised it.</param>
/// <param name="Point">The home that lost it first, by its point.</param>
internal sealed record Outage(string AlarmId, string RuleId, int Point);
