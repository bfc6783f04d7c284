namespace Hub.Rules.Backtest;

/// <summary>The rules in force against the ones that are to come, over the same entries.</summary>
/// <param name="Pack">The pack under test.</param>
/// <param name="VersionBefore">Its version in force; 0 if there was none.</param>
/// <param name="VersionAfter">The version under test.</param>
/// <param name="From">The first reading counted.</param>
/// <param name="To">The last one.</param>
/// <param name="Readings">How many readings there were, those that only warm up included.</param>
/// <param name="Before">All rules together, as they are.</param>
/// <param name="After">All rules together, as they would be.</param>
/// <param name="Rules">The pack's rules, and others whose result changes with it.</param>
/// <param name="Real">Orders that people confirmed.</param>
/// <param name="Missed">Confirmed orders that there would be no more.</param>
/// <param name="False">Orders that people called false alarms.</param>
/// <param name="StillFalse">False alarms that there would still be.</param>
/// <param name="Differences">Orders that only one of the two opens, oldest first; cut off at a limit.</param>
public sealed record BacktestReport(
    string Pack, int VersionBefore, int VersionAfter, DateTimeOffset From, DateTimeOffset To, long Readings,
    RuleTally Before, RuleTally After, IReadOnlyList<RuleComparison> Rules, int Real, IReadOnlyList<string> Missed,
    int False, IReadOnlyList<string> StillFalse, IReadOnlyList<BacktestDifference> Differences);
