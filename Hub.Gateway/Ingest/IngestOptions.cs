using Hub.Gateway.Adapters;

namespace Hub.Gateway.Ingest;

/// <summary>The limits of taking readings in.</summary>
public sealed record IngestOptions
{
    /// <summary>
    /// A reading from further ahead of the hub's clock is impossible; clocks differ, but not by that much. One whose
    /// sender says that its clock is synced is taken, with a doubtful time: then it may be the hub's that is wrong.
    /// </summary>
    public TimeSpan AheadMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A reading from before this is from a clock that was never set.</summary>
    public DateTimeOffset EarliestAt { get; init; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A reading that took longer than this is counted as late; it is taken all the same.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Edges that the hub knows at a time; the connection of one more is closed.</summary>
    public int EdgesMax { get; init; } = 50_000;

    /// <summary>Names of one edge whose points are remembered; it starts over beyond it.</summary>
    public int NamesPerEdgeMax { get; init; } = 4_096;

    /// <summary>Bytes kept of a message that is set aside; the rest is cut off.</summary>
    public int SetAsideBytesMax { get; init; } = 16 * 1024;

    /// <summary>
    /// Messages of one edge that are set aside in a minute; more are counted and acknowledged, and not kept.
    /// </summary>
    public int SetAsidePerMinuteMax { get; init; } = 60;

    /// <summary>How often the sequence watermarks are saved; a restart replays the journal from there.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often an edge is asked to send the same gap again; then it doesn't keep it any more.</summary>
    public int ResendTimesMax { get; init; } = 4;

    /// <summary>How long after the first time it is asked again; each time four times as long.</summary>
    public TimeSpan ResendWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The limits of third-party messages.</summary>
    public AdapterOptions Adapters { get; init; } = new();

    /// <summary>The clock of housekeeping; not the domain's, which a demo may speed up.</summary>
    public TimeProvider HousekeepingTime { get; init; } = TimeProvider.System;
}
