using Hub.Rules.Alarms;

namespace Hub.Rules.Backtest;

/// <summary>An order that one of the two would open and the other not.</summary>
/// <param name="At">When.</param>
/// <param name="SpaceId">Where.</param>
/// <param name="RuleId">The rule that opens it.</param>
/// <param name="IsNew">The rules to come open it; false: it is there no more.</param>
/// <param name="Why">The sentence, to be rendered.</param>
public sealed record BacktestDifference(
    DateTimeOffset At, string SpaceId, string RuleId, bool IsNew, Explanation Why);
