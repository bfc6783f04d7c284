using Hub.Rules.Readings;

namespace Hub.Rules.Site;

/// <summary>A point as the site file declares it: everything but the number that the site book gives it.</summary>
/// <param name="Edge">The edge that reports it.</param>
/// <param name="Device">The edge-local device; equal to <paramref name="Edge"/> when the edge is the device.</param>
/// <param name="Signal">The signal's name.</param>
/// <param name="SpaceId">Where it is.</param>
/// <param name="Meter">The meter behind it, in the signal's own unit.</param>
/// <param name="Every">How often a reading is expected.</param>
public sealed record DeclaredPoint(
    string Edge, string Device, string Signal, string SpaceId, Meter? Meter = null, TimeSpan? Every = null)
{
    public PointId Id => Point.IdOf(Edge, Device, Signal);

    public Point At(PointNumber number) => new(number, Edge, Device, Signal, SpaceId, Meter, Every);
}
