namespace Hub.Transport.Log;

/// <summary>The limits of one <see cref="DurableLog"/>.</summary>
public sealed record DurableLogOptions
{
    /// <summary>
    /// How much may be committed before the write-ahead log is copied into the database file, off the commit path.
    /// </summary>
    public int CheckpointStepBytes { get; init; } = 4 << 20;

    /// <summary>
    /// When the write-ahead log has grown to this, commits wait for one last step of the copy, so that it starts from
    /// its beginning again; without that a log that is never idle would grow for ever.
    /// </summary>
    public long WalBytesMax { get; init; } = 64L << 20;

    /// <summary>
    /// A file up to this size is checked in full when it is opened (about 2 s per GiB); of a larger one both ends.
    /// </summary>
    public long CheckBytesMax { get; init; } = 512L << 20;

    /// <summary>Rows that one step of a trim removes; a commit waits for one step at most.</summary>
    public int TrimStepRowsMax { get; init; } = 256;

    /// <summary>
    /// How long a write waits for another process that holds the file (a backup, an operator's shell).
    /// </summary>
    public TimeSpan BusyTimeMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Idle reading connections that are kept.</summary>
    public int ReadersKeptMax { get; init; } = 4;

    /// <summary>
    /// Whether a row is what was written. With it a damaged file is replaced by one with all rows that can be read;
    /// without it by an empty one.
    /// </summary>
    public LogRowCheck? IsWhole { get; init; }

    /// <summary>The clock of a damaged file's name.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
