using Hub.Gateway.EdgeConfig;
using Hub.Gateway.Fleet;

namespace Hub.Gateway.Web.Devices;

/// <summary>One edge and what hangs on it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">A key of the <c>health</c> words.</param>
/// <param name="Suspicion">Why it is not well though it reports; or null.</param>
/// <param name="Since">Since when it is in that state, if that is known.</param>
/// <param name="SeenAt">When it last reported, on its own time.</param>
/// <param name="Backlog">Readings that wait on it.</param>
/// <param name="Readings">Readings taken from it since the hub started.</param>
/// <param name="Devices">The worst first.</param>
public sealed record EdgeView(
    string Id, string State, Suspicion? Suspicion, DateTimeOffset? Since, DateTimeOffset? SeenAt, long? Backlog,
    long Readings, IReadOnlyList<DeviceView> Devices)
{
    /// <summary>The configuration that is wanted of it, and what it says to that.</summary>
    public ConfigLook Config { get; init; } = ConfigLook.Nothing;
}
