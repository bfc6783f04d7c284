namespace Hub.Rules.Readings;

/// <summary>
/// One value of one point at one instant, in the signal's own unit (<see cref="Signal.Unit"/>).
/// Flat and small, because a journal block holds thousands of them.
/// </summary>
/// <param name="Point">Which point.</param>
/// <param name="AtTicks">Event time: UTC ticks of 100 ns, as <see cref="DateTimeOffset.UtcTicks"/>.</param>
/// <param name="Value">The value; contacts and presses are 0 or 1.</param>
/// <param name="Quality">How far it can be trusted.</param>
/// <param name="PressId">The press's own id where the sender gave one (G2: one press, one effect); else null.</param>
public readonly record struct Reading(
    PointNumber Point, long AtTicks, double Value, Quality Quality = Quality.Good, string? PressId = null)
{
    public DateTimeOffset At => new(AtTicks, TimeSpan.Zero);
}
