using System.Text.Json.Serialization;
using Hub.Rules.Readings;

namespace Hub.Rules.Site;

/// <summary>One commissioned measuring or status place: one signal of one device, at one space.</summary>
/// <param name="Number">Its short number.</param>
/// <param name="Edge">The edge (MQTT client) that reports it.</param>
/// <param name="Device">The edge-local device name; equal to <paramref name="Edge"/> if that is the device.</param>
/// <param name="Signal">The signal's name.</param>
/// <param name="SpaceId">Where it is.</param>
/// <param name="Meter">The meter behind it, for registers.</param>
/// <param name="Every">How often a reading is expected; null if it reports on change or that is not known yet.</param>
public sealed record Point(
    PointNumber Number, string Edge, string Device, string Signal, string SpaceId,
    Meter? Meter = null, TimeSpan? Every = null)
{
    /// <summary>The unit its device counts in; null before its first reading.</summary>
    public SentUnit? Sent { get; init; }

    /// <summary>Another unit that it came in, and that an engineer has called a mistake.</summary>
    public string? RefusedUnit { get; init; }

    [JsonIgnore]
    public PointId Id { get; } = IdOf(Edge, Device, Signal);

    /// <summary>Its name on the whole site: <c>edge/device</c>, or just the edge if it is the device.</summary>
    [JsonIgnore]
    public string DeviceId { get; } = DeviceIdOf(Edge, Device);

    public static PointId IdOf(string edge, string device, string signal) =>
        new($"{DeviceIdOf(edge, device)}/{signal}");

    public static string DeviceIdOf(string edge, string device) => device == edge ? edge : $"{edge}/{device}";
}
