using Hub.Rules.Site;

namespace Hub.Rules.Simulation;

/// <summary>One device of the simulated building: what it is, and how far its registers have come.</summary>
internal sealed class SimulatedDevice(SimulatedDeviceKind kind, string edge, string name, Space space, Habits habits)
{
    public SimulatedDeviceKind Kind { get; } = kind;

    public string Edge { get; } = edge;

    /// <summary>The edge-local name.</summary>
    public string Name { get; } = name;

    public string Id { get; } = Point.DeviceIdOf(edge, name);

    public Space Space { get; } = space;

    public Habits Habits { get; } = habits;

    /// <summary>How often it reports by itself; contacts report each change besides.</summary>
    public TimeSpan Every => Kind switch
    {
        SimulatedDeviceKind.Climate => TimeSpan.FromMinutes(5),
        SimulatedDeviceKind.Door => TimeSpan.FromMinutes(15),
        _ => TimeSpan.FromSeconds(60),
    };

    /// <summary>When it reports next.</summary>
    public long NextAt { get; set; }

    /// <summary>What has passed since its meter was made: litres or watt hours.</summary>
    public double Total { get; set; }
}
