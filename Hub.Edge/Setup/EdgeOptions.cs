using Hub.Edge.Kiosk;
using Hub.Edge.Modbus;
using Hub.Edge.Sampling;
using Hub.Edge.Sensing;
using Hub.Edge.Sysfs;

namespace Hub.Edge.Setup;

/// <summary>How one edge is set up.</summary>
public sealed record EdgeOptions
{
    /// <summary>The edge's id, its MQTT client id and its name in every topic.</summary>
    public required string Edge { get; init; }

    /// <summary>Where the outbox lives.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where the passwords are that a sent configuration may name.</summary>
    public string SecretsFolder => Path.Combine(DataFolder, "secrets");

    public HubEndpoint Hub { get; init; } = new();

    public IReadOnlyList<LineOptions> Lines { get; init; } = [];

    public IReadOnlyList<SensorOptions> Sensors { get; init; } = [];

    public IReadOnlyList<BusOptions> Modbus { get; init; } = [];

    /// <summary>A broker beside the edge; null for none.</summary>
    public LocalBroker? LocalMqtt { get; init; }

    /// <summary>What is asked for, and doesn't come by itself as a line's edges do.</summary>
    public IEnumerable<SampledPoint> SampledPoints => Sensors.Select(sensor => sensor.Point)
        .Concat(Modbus.SelectMany(bus => bus.Registers).Select(register => register.Point));

    /// <summary>Device and signal of whatever is told or lit: each is there once.</summary>
    internal IEnumerable<string> PointKeys => Lines.Where(line => line.IsPoint).Select(line => line.Key)
        .Concat(SampledPoints.Select(point => point.Key));

    public KioskOptions Kiosk { get; init; } = new();

    public EdgeIntervals Intervals { get; init; } = new();

    public EdgeLimits Limits { get; init; } = new();

    /// <summary>The version of this configuration, told in the edge's status.</summary>
    public string ConfigVersion { get; init; } = "file";

    /// <summary>The installed version that runs, to be proved by reaching the hub; null for none.</summary>
    public string? ProgramVersion { get; init; }

    /// <summary>Starts of this edge, this one included; null where nobody counts them.</summary>
    public long? Starts { get; init; }

    /// <summary>The configuration before is used, because the edge could not live with the newer one.</summary>
    public bool IsSafeMode { get; init; }

    /// <summary>Trust the given clock without asking the kernel: for a building that lives on simulated time.</summary>
    public bool IsClockTrusted { get; init; }

    /// <summary>Real time, for network waits, commit intervals and what stays how long on the screen.</summary>
    public TimeProvider Pace { get; init; } = TimeProvider.System;
}
