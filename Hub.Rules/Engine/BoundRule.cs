using Hub.Rules.Packs;

namespace Hub.Rules.Engine;

/// <summary>A rule with the version of the pack it stands in.</summary>
public sealed record BoundRule(Rule Rule, int PackVersion)
{
    public long OnDelay { get; } = Rule.OnDelay.Ticks;

    public long OffDelay { get; } = Rule.OffDelay.Ticks;
}
