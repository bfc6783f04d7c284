namespace Hub.Gateway.Journal;

/// <summary>
/// The instants that ticks carry: the hub's own time, made of the wall clock and of the time that really passes.
/// <code>
///   wall clock ahead of the hand                  the hand follows at once
///              set back by 15 min or less         the hand goes on, at half its pace, until the clock has caught up:
///                                                 no on-delay waits for an hour to come twice
///              set back by more while it runs     the clock was wrong and is put right: the hand goes back with it
///              behind at the start, up to a day   as a little: a machine without a battery clock starts in the past
///              further behind at the start        the journal's last time was wrong, unless the clock was never set
/// </code>
/// </summary>
public sealed class SecondHand(DateTimeOffset last)
{
    private static readonly TimeSpan StepMax = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan BehindAtStartMax = TimeSpan.FromDays(1);

    /// <summary>A clock that shows an earlier time was never set.</summary>
    private static readonly DateTimeOffset SetSince = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private DateTimeOffset _last = last;
    private DateTimeOffset? _wall;

    /// <param name="now">The wall clock.</param>
    /// <param name="passed">The time since the call before, by a clock that nobody sets.</param>
    public DateTimeOffset Next(DateTimeOffset now, TimeSpan passed)
    {
        var isPutRight = _wall is { } wall
            ? wall + passed - now > StepMax
            : now > SetSince && _last - now > BehindAtStartMax;
        _wall = now;
        _last = now > _last || isPutRight ? now : _last + (passed / 2);
        return _last;
    }
}
