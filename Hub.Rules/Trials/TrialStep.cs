using Hub.Rules.Engine;

namespace Hub.Rules.Trials;

/// <summary>Something that happens; null for the mere passing of time.</summary>
public readonly record struct TrialStep(DateTimeOffset At, Entry? Entry);
