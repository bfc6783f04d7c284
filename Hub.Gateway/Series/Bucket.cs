namespace Hub.Gateway.Series;

/// <summary>
/// What a point did in one stretch of time. A count of 0 is a gap: nothing is known, and nothing is drawn.
/// </summary>
/// <param name="FromTicks">The first instant inside.</param>
/// <param name="ToTicks">The first instant after it.</param>
/// <param name="Count">How many readings.</param>
/// <param name="Min">The least value; NaN in a gap, as the next four.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Mean">The mean of the readings (not weighted by time).</param>
/// <param name="First">The first one's value.</param>
/// <param name="Last">The last one's value.</param>
/// <param name="FirstAtTicks">The first one's time; 0 in a gap.</param>
/// <param name="LastAtTicks">The last one's time; 0 in a gap.</param>
public readonly record struct Bucket(
    long FromTicks, long ToTicks, int Count, double Min, double Max, double Mean, double First, double Last,
    long FirstAtTicks, long LastAtTicks)
{
    public DateTimeOffset From => new(FromTicks, TimeSpan.Zero);

    public DateTimeOffset To => new(ToTicks, TimeSpan.Zero);

    public bool IsGap => Count == 0;
}
