using System.Globalization;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// The time that promises are measured by: the wall clock as long as it only passes, and the time that really passes
/// where it jumps. A clock set six hours ahead breaches nothing, one set back delays nothing.
/// <code>
///   wall clock drifts, is slewed (2 s or less)   followed at once
///              jumps                             not followed; back again within a quarter of an hour, nothing was
///              stays where it has jumped to      it is right: from then on followed at a tenth of the passing time,
///                                                so that five minutes are at most half a minute more or less
///              jumps ahead just after the start  followed at once: a machine without a battery clock is being set
///   the machine sleeps                           that time has passed for everybody: no jump
/// </code>
/// After a restart nothing but the wall clock is known, and it is believed.
/// </summary>
public sealed partial class SteadyTime : TimeProvider
{
    private const string Uptime = "/proc/uptime";
    private const double Pace = 0.1;

    /// <summary>Of the passing time, beside the two seconds: what a clock that is being slewed may differ by.</summary>
    private const double DriftMax = 0.001;

    private static readonly TimeSpan JumpMin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BelieveAfter = TimeSpan.FromMinutes(15);

    private readonly TimeProvider _wall;
    private readonly Func<TimeSpan> _elapsed;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private DateTimeOffset _wallAt;
    private TimeSpan _elapsedAt;
    private TimeSpan _believedAt = BelieveAfter;
    private TimeSpan _behind;

    /// <param name="wall">The clock that may be set; its timers are those that this one gives.</param>
    /// <param name="logger">Hears of each jump.</param>
    public SteadyTime(TimeProvider wall, ILogger<SteadyTime> logger)
        : this(wall, ElapsedBy(wall), logger)
    {
    }

    /// <param name="elapsed">Counts from the start of this, and nobody sets it.</param>
    internal SteadyTime(TimeProvider wall, Func<TimeSpan> elapsed, ILogger logger)
    {
        var since = elapsed();
        (_wall, _elapsed, _logger) = (wall, () => elapsed() - since, logger);
        _wallAt = wall.GetUtcNow();
    }

    public override long TimestampFrequency => _wall.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _wall.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var (wall, elapsed) = (_wall.GetUtcNow(), _elapsed());
            var passed = elapsed - _elapsedAt;
            Note_NeedsLock(wall - _wallAt - passed, passed, elapsed);
            (_wallAt, _elapsedAt) = (wall, elapsed);
            return wall - _behind;
        }
    }

    public override long GetTimestamp() => _wall.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _wall.CreateTimer(callback, state, dueTime, period);

    private void Note_NeedsLock(TimeSpan jump, TimeSpan passed, TimeSpan elapsed)
    {
        if (jump.Duration() > JumpMin + (passed * DriftMax))
        {
            var isBeingSet = jump > TimeSpan.Zero && elapsed < BelieveAfter;
            Jumped(_logger, jump, isBeingSet ? "it is being set" : "promises go on by the time that passes");
            if (!isBeingSet)
            {
                _behind += jump;
                _believedAt = elapsed + BelieveAfter;
            }
        }
        else if (_behind != TimeSpan.Zero && elapsed >= _believedAt)
        {
            var caughtUp = passed * Pace;
            _behind = _behind.Duration() <= caughtUp ? TimeSpan.Zero
                : _behind > TimeSpan.Zero ? _behind - caughtUp
                : _behind + caughtUp;
        }

        if (_behind.Duration() <= JumpMin)
        {
            // There and back again, or near enough.
            _behind = TimeSpan.Zero;
        }
    }

    /// <summary>Linux counts a machine's sleep there, and not in what timers are made of.</summary>
    private static Func<TimeSpan> ElapsedBy(TimeProvider wall)
    {
        var since = wall.GetTimestamp();
        return wall == System && File.Exists(Uptime)
            ? () => TimeSpan.FromSeconds(
                double.Parse(File.ReadAllText(Uptime).Split(' ')[0], CultureInfo.InvariantCulture))
            : () => wall.GetElapsedTime(since);
    }

    [LoggerMessage(3431, LogLevel.Warning, "The wall clock has jumped by {Jump}: {What}.")]
    private static partial void Jumped(ILogger logger, TimeSpan jump, string what);
}
