namespace Hub.Gateway.Access;

/// <summary>A device's one-time token, to be exchanged for its credential.</summary>
public sealed record EnrolRequest(string? Device, string? Token);
