namespace Hub.Rules.Backtest;

/// <summary>How the episodes of one kind were found.</summary>
/// <param name="Kind">As labelled.</param>
/// <param name="Found">Episodes with an alarm.</param>
/// <param name="Episodes">All of them.</param>
/// <param name="MedianDelay">From an episode's start to its first alarm, over those found; null if none was.</param>
public sealed record KindScore(string Kind, int Found, int Episodes, TimeSpan? MedianDelay);
