using Hub.Rules.Site;

namespace Hub.Gateway.Site;

/// <summary>When which text of a rule pack came into force.</summary>
public sealed record PackActivation(DateTimeOffset At, SiteChange.RulesActivated Pack);
