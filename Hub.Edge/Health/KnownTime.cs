using System.Globalization;
using System.Reflection;
using Hub.Edge.Outbox;

namespace Hub.Edge.Health;

/// <summary>
/// This machine's time, and how far it can be trusted. A Pi has no battery clock: after a power cut it may count from
/// years ago. Until somebody has told it the time it is never earlier than what is already written, nor than the day
/// this program was made; a clock that is earlier than that day is not believed whatever the kernel says.
/// </summary>
/// <param name="wall">The machine's clock.</param>
/// <param name="lastKnown">A time that was certainly reached before; null if none is known.</param>
/// <param name="kernel">What the kernel says of its time.</param>
public sealed class KnownTime(TimeProvider wall, DateTimeOffset? lastKnown, Func<ClockState> kernel) : TimeProvider
{
    private readonly DateTimeOffset _floor = lastKnown > MadeAt ? lastKnown.Value : MadeAt;
    private readonly long _startedAt = wall.GetTimestamp();

    /// <summary>The day this program was made, from its build.</summary>
    public static DateTimeOffset MadeAt { get; } = DateTimeOffset.ParseExact(
        typeof(KnownTime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "MadeOn").Value!,
        "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public override long TimestampFrequency => wall.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    public ClockState State() => wall.GetUtcNow() < MadeAt ? new ClockState(ClockQuality.Unsynced, null) : kernel();

    public override DateTimeOffset GetUtcNow()
    {
        var now = wall.GetUtcNow();
        return now >= _floor || State().Quality == ClockQuality.Synced
            ? now
            : _floor + wall.GetElapsedTime(_startedAt); // It goes on from there, as long as nobody knows better.
    }

    public override long GetTimestamp() => wall.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);
}
