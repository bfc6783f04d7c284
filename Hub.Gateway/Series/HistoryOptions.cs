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

    /// <summary>The clock of the two above: a machine's, not the site's, which the demo runs faster.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
