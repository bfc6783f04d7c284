namespace Hub.Gateway.Fleet;

/// <summary>
/// A signal of a device that reports and that nobody has commissioned: its readings wait in quarantine.
/// </summary>
/// <param name="Edge">The edge that reports it.</param>
/// <param name="Device">The device's name at its edge.</param>
/// <param name="Signal">What it measures.</param>
/// <param name="Messages">Messages that wait.</param>
/// <param name="FirstAt">When the first one arrived.</param>
/// <param name="SeenAt">When the last one did.</param>
public sealed record Proposal(
    string Edge, string Device, string Signal, long Messages, DateTimeOffset FirstAt, DateTimeOffset SeenAt);
