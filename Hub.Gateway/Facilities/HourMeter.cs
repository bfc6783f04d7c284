using Hub.Gateway.Series;

namespace Hub.Gateway.Facilities;

/// <summary>
/// How long a machine has run: a fold over its contact's readings. A contact's state holds until the next reading, so
/// what ran before and after a gap ran through it.
/// </summary>
/// <param name="RanTicks">In all, up to the last reading.</param>
/// <param name="ThroughTicks">The last reading's instant; 0 before the first.</param>
/// <param name="IsOn">What it said.</param>
public readonly record struct HourMeter(long RanTicks, long ThroughTicks, bool IsOn)
{
    /// <summary>The meter after a reading; one from before the last changes nothing.</summary>
    /// <param name="sample">The reading.</param>
    /// <param name="sinceTicks">What ran before is not counted.</param>
    public HourMeter Take(Sample sample, long sinceTicks = 0) => sample.AtTicks < ThroughTicks
        ? this
        : new(
            RanTicks + (IsOn ? Math.Max(0, sample.AtTicks - Math.Max(ThroughTicks, sinceTicks)) : 0), sample.AtTicks,
            sample.Value >= 0.5);

    /// <summary>What it shows at an instant after the last reading.</summary>
    public long At(long ticks) => RanTicks + (IsOn ? Math.Max(0, ticks - ThroughTicks) : 0);
}
