namespace Hub.Gateway.Fleet;

/// <summary>
/// A signal of a device that reports, or has announced itself, and that nobody has commissioned: its readings wait in
/// quarantine.
/// </summary>
/// <param name="Edge">The edge that reports it.</param>
/// <param name="Device">The device's name at its edge.</param>
/// <param name="Signal">What it measures.</param>
/// <param name="Messages">Messages that wait; none for a signal that was only announced.</param>
/// <param name="FirstAt">When the first one arrived.</param>
/// <param name="SeenAt">When the last one did.</param>
public sealed record Proposal(
    string Edge, string Device, string Signal, long Messages, DateTimeOffset FirstAt, DateTimeOffset SeenAt)
{
    /// <summary>The unit it comes in; empty without one.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The device's name as people gave it; empty if it hasn't said.</summary>
    public string Name { get; init; } = "";

    /// <summary>Maker and model; empty if it hasn't said.</summary>
    public string Model { get; init; } = "";

    /// <summary>What the device calls the signal, such as <c>moisture</c>; empty if it hasn't said.</summary>
    public string Class { get; init; } = "";
}
