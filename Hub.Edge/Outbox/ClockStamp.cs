namespace Hub.Edge.Outbox;

/// <summary>
/// How a clock stood when a row was written: enough to repair the row's times later, as long as the machine has not
/// been restarted since.
/// </summary>
/// <param name="Boot">The kernel's boot id: monotonic times of two boots can't be compared.</param>
/// <param name="WallMinusMonotonicTicks">The wall clock less the monotonic clock, in ticks of 100 ns.</param>
public readonly record struct ClockStamp(ClockQuality Quality, Guid Boot, long WallMinusMonotonicTicks)
{
    /// <summary>Two looks at the two clocks are not at quite one moment; a clock that is set moves by more.</summary>
    private static readonly TimeSpan StepMin = TimeSpan.FromSeconds(2);

    /// <summary>What the clock shows; null of a stamp that was written before.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// What to add to times written under this stamp, and how good they are then. A Pi has no battery clock: after a
    /// power cut it counts from an old time until it hears the right one.
    /// </summary>
    public (TimeSpan Shift, ClockQuality Quality) RepairedBy(ClockStamp now) =>
        Quality == ClockQuality.Unsynced && now.Quality == ClockQuality.Synced && now.Boot == Boot
            ? (TimeSpan.FromTicks(now.WallMinusMonotonicTicks - WallMinusMonotonicTicks), ClockQuality.Estimated)
            : (TimeSpan.Zero, Quality);

    /// <summary>
    /// The clock of an unsynced stamp has run on to now without being set: if it is right now, it was right then.
    /// </summary>
    public bool RunsOnTo(ClockStamp now) =>
        Quality == ClockQuality.Unsynced && now.Quality == ClockQuality.Unsynced && now.Boot == Boot
        && Math.Abs(now.WallMinusMonotonicTicks - WallMinusMonotonicTicks) < StepMin.Ticks;
}
