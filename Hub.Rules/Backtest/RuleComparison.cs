namespace Hub.Rules.Backtest;

/// <summary>One rule as it is and as it would be; null where it does not exist.</summary>
public sealed record RuleComparison(string RuleId, string Detector, RuleTally? Before, RuleTally? After);
