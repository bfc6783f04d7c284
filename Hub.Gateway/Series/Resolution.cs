namespace Hub.Gateway.Series;

/// <summary>
/// How long a stretch is that rollups are kept for, finest first. A page is what is stored together. Stretches begin at
/// whole minutes, quarters, hours and days of UTC.
/// </summary>
public readonly record struct Resolution(int Level, long BucketTicks, long PageTicks)
{
    /// <summary>One minute, 15 minutes, one hour, one day; a page has 360 to 384 of them.</summary>
    public static readonly IReadOnlyList<Resolution> All =
    [
        new(0, TimeSpan.TicksPerMinute, 6 * TimeSpan.TicksPerHour),
        new(1, 15 * TimeSpan.TicksPerMinute, 4 * TimeSpan.TicksPerDay),
        new(2, TimeSpan.TicksPerHour, 16 * TimeSpan.TicksPerDay),
        new(3, TimeSpan.TicksPerDay, 384 * TimeSpan.TicksPerDay),
    ];

    public Resolution? Finer => Level == 0 ? null : All[Level - 1];

    public long BucketOf(long ticks) => ticks - Rest(ticks, BucketTicks);

    public long PageOf(long ticks) => ticks - Rest(ticks, PageTicks);

    /// <summary>The pages that have a part in from &lt;= time &lt; to.</summary>
    public IEnumerable<long> Pages(long from, long to)
    {
        for (var page = PageOf(from); page < to; page += PageTicks)
        {
            yield return page;
        }
    }

    private static long Rest(long ticks, long unit) => ((ticks % unit) + unit) % unit;
}
