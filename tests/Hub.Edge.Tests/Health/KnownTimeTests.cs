using Hub.Edge.Health;
using Hub.Edge.Outbox;
using Hub.Testing;

namespace Hub.Edge.Tests.Health;

public sealed class KnownTimeTests : IDisposable
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Before = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly SetClock _wall = new(Before);
    private bool _isSynced;

    [Fact]
    public void A_clock_that_counts_from_1970_goes_on_from_what_is_already_written_until_it_is_set()
    {
        _wall.Set(Epoch);
        var time = Known(Before);
        Assert.Equal((Before, ClockQuality.Unsynced), (time.GetUtcNow(), time.State().Quality));
        var stamp = time.State().Stamp(time);
        _wall.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(Before.AddMinutes(3), time.GetUtcNow());

        _wall.Set(Before.AddDays(1));
        _isSynced = true;

        Assert.Equal(Before.AddDays(1), time.GetUtcNow());
        var (shift, quality) = stamp.RepairedBy(time.State().Stamp(time));
        Assert.Equal(ClockQuality.Estimated, quality);
        Assert.Equal(Before.AddDays(1).AddMinutes(-3), Before + shift); // When it really was, three minutes ago.
    }

    [Fact]
    public void A_clock_before_the_day_the_program_was_made_is_not_believed_whatever_the_kernel_says()
    {
        _isSynced = true;
        _wall.Set(KnownTime.MadeAt.AddSeconds(-1));
        var time = Known(null);

        Assert.Equal(ClockQuality.Unsynced, time.State().Quality);
        Assert.Equal(KnownTime.MadeAt, time.GetUtcNow());
    }

    [Fact]
    public void A_clock_that_is_set_is_believed_even_if_something_later_is_written()
    {
        _isSynced = true;

        Assert.Equal(Before, Known(Before.AddYears(10)).GetUtcNow());
    }

    [Fact]
    public void What_is_written_tells_the_earliest_time_and_only_if_the_time_was_known()
    {
        Assert.Null(LastKnown([Before], ClockQuality.Unsynced));
        Assert.Equal(Before, LastKnown([Before.AddYears(70), Before], ClockQuality.Synced));
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    [InlineData(2.5)]
    public void A_step_is_told_once_with_how_far_it_went(double seconds)
    {
        var steps = new ClockSteps(_wall);
        _wall.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(steps.Look());

        _wall.Advance(TimeSpan.FromSeconds(1));
        _wall.Set(_wall.GetUtcNow().AddSeconds(seconds));

        Assert.Equal(seconds, steps.Look()!.Value.TotalSeconds, 3);
        Assert.Null(steps.Look());
    }

    [Fact]
    public void A_clock_that_is_only_bent_has_made_no_step()
    {
        var steps = new ClockSteps(_wall);
        for (var i = 0; i < 100; i++)
        {
            _wall.Advance(TimeSpan.FromSeconds(1));
            _wall.Set(_wall.GetUtcNow().AddMilliseconds(500));
            Assert.Null(steps.Look());
        }
    }

    public void Dispose() => _folder.Dispose();

    private KnownTime Known(DateTimeOffset? lastKnown) => new(_wall, lastKnown,
        () => _isSynced ? ClockState.Synced : new ClockState(ClockQuality.Unsynced, null));

    private DateTimeOffset? LastKnown(DateTimeOffset[] times, ClockQuality quality)
    {
        using (var lane = Open())
        {
            lane.Append([.. times.Select(at => new EdgeRecord("d", "s", at, 1))], default);
        }

        using var again = Open();
        return again.LastKnownAt;

        OutboxLane Open() => OutboxLane.Open(
            _folder["lane.db"], new LaneOptions(), () => new ClockStamp(quality, Guid.Empty, 0));
    }

    /// <summary>A wall clock that can be set, over a monotonic one that only goes on.</summary>
    private sealed class SetClock(DateTimeOffset start) : TimeProvider
    {
        private readonly ManualTime _monotonic = new(start);
        private TimeSpan _apart;

        public override long TimestampFrequency => _monotonic.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _monotonic.GetUtcNow() + _apart;

        public override long GetTimestamp() => _monotonic.GetTimestamp();

        public void Set(DateTimeOffset now) => _apart = now - _monotonic.GetUtcNow();

        public void Advance(TimeSpan by) => _monotonic.Advance(by);
    }
}
