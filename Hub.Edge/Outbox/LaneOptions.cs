namespace Hub.Edge.Outbox;

/// <summary>The limits of one lane.</summary>
public sealed record LaneOptions
{
    /// <summary>What the lane may take on the disk, in bytes.</summary>
    public long BytesMax { get; init; } = 256L << 20;

    /// <summary>
    /// When it is full: true drops the oldest readings that have not been sent, and counts them; false refuses new
    /// records, so that a press is never told as recorded when it is not.
    /// </summary>
    public bool IsShedding { get; init; }

    /// <summary>
    /// Where <see cref="IsShedding"/>: what waits longer than this for the hub is dropped and counted too.
    /// </summary>
    public TimeSpan WaitingFor { get; init; } = TimeSpan.MaxValue;

    /// <summary>
    /// What was acknowledged is kept while the lane takes no more than this, in case the hub loses it and asks; 0 keeps
    /// nothing. Where room is short it goes first.
    /// </summary>
    public long KeptBytesMax { get; init; }

    /// <summary>And no longer than this.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromDays(7);
}
