namespace Hub.Gateway.Series;

/// <summary>
/// What a point did in one stretch of time. A count of 0 is a gap: nothing is known, and nothing is drawn.
/// </summary>
/// <param name="FromTicks">The first instant inside.</param>
/// <param name="ToTicks">The first instant after it.</param>
/// <param name="Count">How many readings.</param>
/// <param name="Min">The least value; NaN in a gap, as the others.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Sum">All values together.</param>
/// <param name="First">The first one's value.</param>
/// <param name="Last">The last one's value.</param>
/// <param name="FirstAtTicks">The first one's time; 0 in a gap.</param>
/// <param name="LastAtTicks">The last one's time; 0 in a gap.</param>
/// <param name="Used">
/// What a register counted up to the readings of this stretch, from the one before each; resets and blips are not
/// consumption. NaN where no reading says, and for what is no register.
/// </param>
public readonly record struct Bucket(
    long FromTicks, long ToTicks, int Count, double Min, double Max, double Sum, double First, double Last,
    long FirstAtTicks, long LastAtTicks, double Used)
{
    public DateTimeOffset From => new(FromTicks, TimeSpan.Zero);

    public DateTimeOffset To => new(ToTicks, TimeSpan.Zero);

    public bool IsGap => Count == 0;

    /// <summary>
    /// The mean of the readings (not weighted by time); of values that are all the same it is that value, not its
    /// neighbour by rounding.
    /// </summary>
    public double Mean => IsGap ? double.NaN : Math.Clamp(Sum / Count, Min, Max);

    public static Bucket Gap(long from, long to) => new(
        from, to, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0, 0, double.NaN);

    /// <summary>One reading, with what a register counted up to it.</summary>
    public static Bucket Of(in Sample sample, double used) => new(
        sample.AtTicks, sample.AtTicks + 1, 1, sample.Value, sample.Value, sample.Value, sample.Value, sample.Value,
        sample.AtTicks, sample.AtTicks, used);

    /// <summary>
    /// Both together, in this one's stretch; of two at the same instant, this one's reading came first.
    /// </summary>
    public Bucket With(in Bucket other)
    {
        if (other.IsGap)
        {
            return this;
        }

        if (IsGap)
        {
            return other with { FromTicks = FromTicks, ToTicks = ToTicks };
        }

        var (isEarlier, isLater) = (other.FirstAtTicks < FirstAtTicks, other.LastAtTicks >= LastAtTicks);
        return new Bucket(
            FromTicks, ToTicks, Count + other.Count, Math.Min(Min, other.Min), Math.Max(Max, other.Max),
            Sum + other.Sum, isEarlier ? other.First : First, isLater ? other.Last : Last,
            isEarlier ? other.FirstAtTicks : FirstAtTicks, isLater ? other.LastAtTicks : LastAtTicks,
            double.IsNaN(Used) ? other.Used : double.IsNaN(other.Used) ? Used : Used + other.Used);
    }
}
