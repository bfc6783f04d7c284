namespace Hub.Gateway.Access;

/// <summary>What an account may, as topic filters.</summary>
public sealed record AccountRequest(string[]? Publish, string[]? Subscribe);
