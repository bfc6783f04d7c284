namespace Hub.Gateway.Notify;

/// <summary>Until when a channel is silent: RFC 3339, or on the site's clocks as <c>2026-11-22 18:00</c>.</summary>
public sealed record PauseRequest(string? Until);
