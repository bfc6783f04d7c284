namespace Hub.AllInOne;

/// <summary>
/// The demo's time: it starts at the real time and can run faster, so that a night fits in a minute. It never goes
/// back; a change of speed bends it from that instant on. Timers are kept on this time, not on the real one.
/// </summary>
public sealed class ScaledTime(TimeProvider real) : TimeProvider
{
    public const double SpeedMax = 3_600;

    /// <summary>How long a waiting timer may sleep for real before it looks whether the speed has changed.</summary>
    private static readonly TimeSpan LookMax = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private DateTimeOffset _bentAt = real.GetUtcNow();
    private long _bentAtReal = real.GetTimestamp();
    private double _speed = 1;

    public double Speed
    {
        get
        {
            lock (_gate)
            {
                return _speed;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Now_NeedsLock();
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void RunAt(double speed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speed, SpeedMax);
        lock (_gate)
        {
            (_bentAt, _bentAtReal) = (Now_NeedsLock(), real.GetTimestamp());
            _speed = speed;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, callback, state, dueTime, period);

    private DateTimeOffset Now_NeedsLock() => _bentAt + real.GetElapsedTime(_bentAtReal) * _speed;

    private sealed class ScaledTimer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly ScaledTime _time;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _look;
        private DateTimeOffset? _dueAt;
        private TimeSpan _period;

        public ScaledTimer(ScaledTime time, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_time, _callback, _state) = (time, callback, state);
            _look = time.RealTimer(_ => Look());
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _time.GetUtcNow() + dueTime;
                _period = period;
                return Sleep_NeedsLock();
            }
        }

        public void Dispose() => _look.Dispose();

        public ValueTask DisposeAsync() => _look.DisposeAsync();

        private void Look()
        {
            lock (_gate)
            {
                if (_dueAt is not { } dueAt)
                {
                    return;
                }

                if (_time.GetUtcNow() < dueAt)
                {
                    Sleep_NeedsLock();
                    return;
                }

                _dueAt = _period > TimeSpan.Zero ? dueAt + _period : null;
                Sleep_NeedsLock();
            }

            _callback(_state);
        }

        private bool Sleep_NeedsLock()
        {
            if (_dueAt is not { } dueAt)
            {
                return _look.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            var sleep = (dueAt - _time.GetUtcNow()) / _time.Speed;
            sleep = sleep < TimeSpan.Zero ? TimeSpan.Zero
                : sleep > LookMax ? LookMax
                : sleep + TimeSpan.FromMilliseconds(1);
            return _look.Change(sleep, Timeout.InfiniteTimeSpan);
        }
    }

    private ITimer RealTimer(TimerCallback callback) =>
        real.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
