using Hub.Transport.Messages;

namespace Hub.Gateway.Ingest;

/// <summary>An edge has said something about itself, or the hub has noticed that it is gone.</summary>
/// <param name="Edge">Which.</param>
/// <param name="IsOnline">Whether it is there.</param>
/// <param name="At">When the hub learned it.</param>
/// <param name="Message">What it said; null where the hub noticed by itself.</param>
public sealed record EdgeStatus(string Edge, bool IsOnline, DateTimeOffset At, EdgeStatusMessage? Message);
