using Hub.Rules.Backtest;

namespace Hub.Gateway.Rulebook;

/// <summary>One line of a running backtest: how far it is, and at the end what has come of it.</summary>
/// <param name="Readings">Taken so far.</param>
/// <param name="At">The newest reading's own time.</param>
/// <param name="Share">Of the journal, from 0 to 1.</param>
/// <param name="Report">The result; null until the end.</param>
/// <param name="HistoryUntil">With the result: what is before this came from the history; null if nothing did.</param>
public sealed record BacktestNews(
    long Readings, DateTimeOffset? At, double Share, BacktestReport? Report = null,
    DateTimeOffset? HistoryUntil = null);
