namespace Hub.Gateway.Series;

/// <summary>The limits of the embedded history.</summary>
public sealed record HistoryOptions
{
    /// <summary>Readings in one stored chunk at most.</summary>
    public int ChunkReadingsMax { get; init; } = 1_024;

    /// <summary>
    /// Readings in memory at most, for all points together (24 bytes each); when it is reached, everything is stored.
    /// </summary>
    public int OpenReadingsMax { get; init; } = 1_000_000;

    /// <summary>Readings of full chunks that may gather before they are stored together.</summary>
    public int FullReadingsMax { get; init; } = 65_536;

    /// <summary>
    /// How long a reading may stay in memory only. The journal has it; after a crash this much is read again from
    /// there,
    /// and the journal is kept for at least this long.
    /// </summary>
    public TimeSpan OpenForMax { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How often full and old chunks are looked for.</summary>
    public TimeSpan StoreEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A chart over more readings than this is drawn from rollups (a week by the minute is 10,080).</summary>
    public int ChartReadingsMax { get; init; } = 12_000;

    /// <summary>
    /// How long readings are kept as they came. Chunks go whole, when their newest reading is that old.
    /// </summary>
    public TimeSpan KeepReadings { get; init; } = TimeSpan.FromDays(400);

    /// <summary>
    /// How long rollups of a minute, 15 minutes, an hour and a day are kept: pages of them go whole. What is kept
    /// longer than the readings is written before those go.
    /// </summary>
    public IReadOnlyList<TimeSpan> KeepRollups { get; init; } =
    [
        TimeSpan.FromDays(400), TimeSpan.FromDays(3 * 366), TimeSpan.FromDays(10 * 366), TimeSpan.FromDays(100 * 366),
    ];

    /// <summary>How often what is too old is looked for, in site time.</summary>
    public TimeSpan TrimEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The clock of what is open and stored: a machine's, not the site's, which the demo runs faster.
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
