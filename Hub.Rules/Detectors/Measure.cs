namespace Hub.Rules.Detectors;

/// <summary>
/// How far a condition was from holding at the last reading: its figure, and the limit that it has to reach. What has
/// to be learnt first is told the same way, with how much of it there is.
/// </summary>
/// <param name="Figure">What the detector looks at.</param>
/// <param name="Limit">What it has to reach, or to fall to.</param>
/// <param name="Unit">
/// The unit of both: <c>s</c> (told as a duration), <c>L</c>, <c>kWh</c>, <c>W</c> …; empty for a count.
/// </param>
/// <param name="IsLearning">Nothing is judged yet: the figure is how much has been seen of what is needed.</param>
public readonly record struct Measure(double Figure, double Limit, string Unit, bool IsLearning = false)
{
    /// <summary>A span, in seconds.</summary>
    public static Measure OfTime(long ticks, double limitTicks, bool isLearning = false) => new(
        Math.Max(0, ticks) / (double)TimeSpan.TicksPerSecond, limitTicks / TimeSpan.TicksPerSecond, "s", isLearning);

    /// <summary>Whichever of two is nearer to its limit: where either is enough.</summary>
    public static Measure Nearer(Measure one, Measure other) => one.Share >= other.Share ? one : other;

    /// <summary>Whichever of two is further from its limit: where both are needed.</summary>
    public static Measure Farther(Measure one, Measure other) => one.Share <= other.Share ? one : other;

    private double Share => Limit > 0 ? Figure / Limit : 0;
}
