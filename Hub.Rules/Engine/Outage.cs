namespace Hub.Rules.Engine;

/// <summary>The last case of a riser whose homes have lost their supply together.</summary>
/// <param name="AlarmId">The episode.</param>
/// <param name="RuleId">The rule that raised it.</param>
/// <param name="Point">The home that lost it first, by its point.</param>
/// <param name="FromTicks">When it was lost.</param>
/// <param name="ToTicks">When the last of the homes had it back; never, while it lasts.</param>
internal sealed record Outage(
    string AlarmId, string RuleId, int Point, long FromTicks, long ToTicks = long.MaxValue)
{
    public bool IsRunning => ToTicks == long.MaxValue;
}
