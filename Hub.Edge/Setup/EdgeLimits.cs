namespace Hub.Edge.Setup;

/// <summary>What everything is bounded by, and what happens at the bound.</summary>
public sealed record EdgeLimits
{
    /// <summary>So many readings are committed without waiting for the interval.</summary>
    public int CommitRecordsMax { get; init; } = 500;

    /// <summary>
    /// Readings that could not be sent for so long are dropped and counted, the oldest first. Events are not.
    /// </summary>
    public TimeSpan WaitingFor { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Readings in memory while the disk won't take them; then the oldest raw ones are dropped and counted, and when
    /// there are none, the oldest.
    /// </summary>
    public int WaitingRecordsMax { get; init; } = 20_000;

    /// <summary>The events lane on disk; when full, a press is refused and the screen says so.</summary>
    public long EventsBytesMax { get; init; } = 64L << 20;

    /// <summary>
    /// The readings lane on disk. From three quarters on, raw readings are dropped and counted; when full, the oldest
    /// unsent ones of any kind.
    /// </summary>
    public long ReadingsBytesMax { get; init; } = 512L << 20;

    /// <summary>
    /// What the hub has acknowledged is kept in a lane of up to this size, for a hub that has lost it and asks.
    /// </summary>
    public long KeptBytesMax { get; init; } = 64L << 20;

    /// <summary>And no longer than this.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Records in one pack.</summary>
    public int PackRecordsMax { get; init; } = 1_000;

    /// <summary>Bytes of one pack's JSON.</summary>
    public int PackBytesMax { get; init; } = 256 << 10;

    /// <summary>Packs sent and not yet acknowledged; a quarter of them is kept free for events.</summary>
    public int InFlightMax { get; init; } = 32;
}
