namespace Hub.Rules.Site;

/// <summary>That a Home Assistant of the site may see the hub's points.</summary>
/// <param name="Prefix">Its discovery prefix.</param>
/// <param name="Every">How often new values are told.</param>
public sealed record HomeAssistantOutlet(string Prefix, TimeSpan Every);
