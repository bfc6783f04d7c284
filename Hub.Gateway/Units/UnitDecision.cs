using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>What a wish comes to: the changes of the site, or why not.</summary>
public sealed record UnitDecision(IReadOnlyList<SiteChange> Changes, UnitRefusal? Refusal = null)
{
    public static UnitDecision Done(params SiteChange[] changes) => new(changes);

    public static UnitDecision No(UnitFault fault, string sentence) => new([], new UnitRefusal(fault, sentence));
}
