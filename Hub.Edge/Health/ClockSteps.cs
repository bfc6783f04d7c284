namespace Hub.Edge.Health;

/// <summary>
/// Finds when a clock was set rather than kept: the wall's time moved by more than two seconds against the monotonic
/// one between two looks. NTP keeps a clock by bending it, half a second in a quarter of an hour, which is no step.
/// </summary>
public sealed class ClockSteps(TimeProvider time)
{
    private static readonly TimeSpan StepMin = TimeSpan.FromSeconds(2);

    private (DateTimeOffset Wall, long Monotonic) _before = (time.GetUtcNow(), time.GetTimestamp());

    /// <summary>How far it was set since the last look; null if it wasn't.</summary>
    public TimeSpan? Look()
    {
        var now = (Wall: time.GetUtcNow(), Monotonic: time.GetTimestamp());
        var step = now.Wall - _before.Wall - time.GetElapsedTime(_before.Monotonic, now.Monotonic);
        _before = now;
        return step.Duration() > StepMin ? step : null;
    }
}
