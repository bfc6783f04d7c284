namespace Hub.Gateway.Watch;

/// <summary>How much the desk is told at once; how often the engine's state is saved, how large it may be.</summary>
public sealed record WatchOptions
{
    /// <summary>
    /// Presses that have come already go to the desk together, in one commit: of so many rows of the journal
    /// at the most.
    /// </summary>
    public int TellRowsMax { get; init; } = 64;

    /// <summary>And so long after the first of them at the latest.</summary>
    public TimeSpan TellWithin { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>At most this much of the journal's time is read again after a crash; real time.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>And at most this many rows.</summary>
    public int CheckpointRowsMax { get; init; } = 20_000;

    /// <summary>
    /// How long the rules may be kept from the next row by writing their state down; it takes as many rows as it takes.
    /// </summary>
    public TimeSpan CheckpointStopMax { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>A larger state is not saved: the next start reads the journal from its first row instead.</summary>
    public int CheckpointBytesMax { get; init; } = 512 << 20;

    /// <summary>The clock of housekeeping; not the domain's, which a demo may speed up.</summary>
    public TimeProvider HousekeepingTime { get; init; } = TimeProvider.System;
}
