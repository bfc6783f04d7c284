namespace Hub.Gateway.Web.Devices;

/// <summary>A device that reports and that nobody has commissioned: its readings wait in quarantine.</summary>
/// <param name="Edge">The edge that reports it.</param>
/// <param name="Device">The device's name at its edge.</param>
/// <param name="Signal">What it measures.</param>
/// <param name="About">What it says about itself: name, model, unit, class; each only if it says it.</param>
/// <param name="Messages">Messages that wait.</param>
/// <param name="SeenAt">When the last one came.</param>
public sealed record ProposalView(
    string Edge, string Device, string Signal, IReadOnlyList<string> About, long Messages, DateTimeOffset SeenAt);
