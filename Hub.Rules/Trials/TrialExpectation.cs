namespace Hub.Rules.Trials;

/// <summary>What the rules must have said since the expectation before this one; no more and no less.</summary>
/// <param name="Line">Where it is written.</param>
/// <param name="At">Until when, on event time.</param>
/// <param name="Words"><c>raised vacant-water-use</c> and the like; none for nothing.</param>
public sealed record TrialExpectation(int Line, DateTimeOffset At, IReadOnlyList<string> Words);
