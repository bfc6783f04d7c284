using Hub.Gateway.EdgeConfig;

namespace Hub.Gateway.Fleet;

/// <summary>One edge and the devices behind it, at one look.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">How it does.</param>
/// <param name="Reason">Why it is not ok, as a sentence; null if it is.</param>
/// <param name="IsOnline">What it, or its will, said last; null if it has said nothing.</param>
/// <param name="Since">When it said so.</param>
/// <param name="SeenAt">The newest time of anything it reported.</param>
/// <param name="ArrivedAt">When the last thing from it reached the hub.</param>
/// <param name="Backlog">Readings that wait on it, as it reported last.</param>
/// <param name="Readings">Readings taken from it, ever.</param>
/// <param name="Devices">The worst first; behind an offline edge they are offline for its reason.</param>
public sealed record EdgeHealth(
    string Id, HealthState State, string? Reason, bool? IsOnline, DateTimeOffset? Since, DateTimeOffset? SeenAt,
    DateTimeOffset? ArrivedAt, long? Backlog, long Readings, IReadOnlyList<DeviceHealth> Devices)
{
    /// <summary>The configuration that is wanted of it, and what it says.</summary>
    public ConfigLook Config { get; init; } = ConfigLook.Nothing;

    /// <summary>What <see cref="HealthState.Suspect"/> is for, if it is in that state.</summary>
    public Suspicion? Suspicion { get; init; }

    /// <summary>Devices that can't be seen because of the edge.</summary>
    public int BehindCount => Devices.Count(device => device.IsBehindEdge);
}
