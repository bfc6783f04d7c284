using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>The journal's limits.</summary>
public sealed record JournalOptions
{
    /// <summary>One commit takes at most about this much of what waits; the rest goes into the next.</summary>
    public int BatchBytesMax { get; init; } = 4 << 20;

    /// <summary>When this much waits for its commit, connections stop being read until there is room.</summary>
    public long QueueBytesMax { get; init; } = 64L << 20;

    /// <summary>
    /// Rows are kept this long for replays and backtests, unless <see cref="KeepBytesMax"/> comes first.
    /// </summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Beyond this the oldest rows go before their time, but never one that a follower has yet to read: a follower
    /// that is away for days costs disk, not readings.
    /// </summary>
    public long KeepBytesMax { get; init; } = 8L << 30;

    /// <summary>How often old rows are looked for.</summary>
    public TimeSpan TrimEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the passing of time is journalled, in domain time.</summary>
    public TimeSpan TickEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// With less than this free on the disk, readings wait unacknowledged: what is left is for orders, pages and the
    /// hub's own entries.
    /// </summary>
    public long HoldBelowBytes { get; init; } = 128L << 20;

    /// <summary>With more than this free they go on.</summary>
    public long ResumeAboveBytes => HoldBelowBytes + (HoldBelowBytes / 4);

    /// <summary>Measures what is free on the journal's disk; null for nobody.</summary>
    public Func<long>? FreeBytes { get; init; }

    /// <summary>How often every row is read again and checked.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How much of it a second, so that nobody notices.</summary>
    public long CheckBytesPerSecondMax { get; init; } = 4 << 20;

    public DurableLogOptions Log { get; init; } = new();

    /// <summary>The clock of housekeeping; not the domain's, which a demo may speed up.</summary>
    public TimeProvider HousekeepingTime { get; init; } = TimeProvider.System;
}
