namespace Hub.Edge.Sensing;

/// <summary>What a pulse is worth, and what counts as one.</summary>
public sealed record PulseLimits
{
    /// <summary>Amount per pulse in the signal's unit (m3, kWh).</summary>
    public required double Weight { get; init; }

    /// <summary>What the meter showed when counting began, in the signal's unit.</summary>
    public double Start { get; init; }

    /// <summary>
    /// IEC 62053-31: at least 30 ms. Two milliseconds are left to the interrupt's latency and the meter's clock.
    /// </summary>
    public TimeSpan OnMin { get; init; } = TimeSpan.FromMilliseconds(28);

    /// <inheritdoc cref="OnMin"/>
    public TimeSpan OffMin { get; init; } = TimeSpan.FromMilliseconds(28);

    /// <summary>
    /// The fastest believable rate, in pulses a second: 1 / (30 ms + 30 ms), and a twentieth for tolerance.
    /// </summary>
    public double RateMax { get; init; } = 16.7 * 1.05;

    internal long OnNanosecondsMin => OnMin.Ticks * 100;

    internal long OffNanosecondsMin => OffMin.Ticks * 100;

    internal long PeriodNanosecondsMin => (long)(1e9 / RateMax);
}
