using Hub.Testing;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// One program's clock: its timers and its monotonic time are moved by the simulation, and its wall clock can be set. A
/// program that has died takes its timers with it.
/// </summary>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private readonly ManualTime _time = new(start);

    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + Offset;

    public override long GetTimestamp() => _time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _time.CreateTimer(callback, state, dueTime, period);

    public void AdvanceTo(DateTimeOffset at) => _time.Advance(at - _time.GetUtcNow());
}
