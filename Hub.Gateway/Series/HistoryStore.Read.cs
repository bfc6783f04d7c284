using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>Reading: stored chunks, rollups and memory, in time order, without exact doubles.</summary>
public sealed partial class HistoryStore
{
    public const int BucketsMax = 10_000;

    /// <summary>Readings with <paramref name="from"/> &lt;= time &lt; <paramref name="to"/>, in time order.</summary>
    /// <param name="point">Which point.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant that is not asked for.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The page before said where to go on; null for the first page.</param>
    public HistoryPage Read(PointNumber point, DateTimeOffset from, DateTimeOffset to, int limit, ReadToken? after)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var items = new List<Sample>();
        var skip = after is { } token && token.AtTicks >= from.UtcTicks ? token.Given : 0;
        var start = Math.Max(from.UtcTicks, after?.AtTicks ?? 0);
        using var history = Open(point);
        foreach (var sample in history.Walk(start, to.UtcTicks))
        {
            if (skip > 0 && sample.AtTicks == start)
            {
                skip--;
                continue;
            }

            if (items.Count == limit)
            {
                return new HistoryPage(items, Next(items, after));
            }

            items.Add(sample);
        }

        return new HistoryPage(items, null);
    }

    /// <summary>
    /// The same time as equal stretches, for a chart. Nothing in a stretch is a gap, and is told as one. Few readings
    /// are taken as they are; many, or such as are no longer kept, from the coarsest rollup that is still finer than a
    /// stretch: the stretches then begin and end with those of the rollup, around what was asked for.
    /// </summary>
    public IReadOnlyList<Bucket> Bucketed(PointNumber point, DateTimeOffset from, DateTimeOffset to, int buckets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, BucketsMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        using var history = Open(point);
        var (start, end) = (from.UtcTicks, to.UtcTicks);
        if (history.IsWhole(start) && history.Count(start, end) <= _options.ChartReadingsMax)
        {
            var exact = new BucketBuilder(start, end, buckets);
            AddTo(exact, history.Readings(start, end));
            return exact.Build();
        }

        var resolution = history.ResolutionFor(start, (end - start) / buckets);
        var unit = resolution.BucketTicks;
        start = resolution.BucketOf(start);
        var width = ((end - start + (unit * buckets) - 1) / (unit * buckets)) * unit;
        var count = (int)((end - start + width - 1) / width);
        var builder = new BucketBuilder(start, start + (count * width), count, width);
        AddTo(builder, history.Buckets(resolution, start, start + (count * width)));
        return builder.Build();
    }

    /// <summary>The newest reading by event time, or null.</summary>
    public Sample? Latest(PointNumber point)
    {
        using var history = Open(point);
        return history.LastAt() is { } last ? history.Walk(last, last + 1).Last() : null;
    }

    /// <summary>The oldest event time of which anything is known, in ticks, or null.</summary>
    public long? BeginsAt(PointNumber point)
    {
        using var history = Open(point);
        return history.BeginsAt();
    }

    /// <summary>
    /// How many different values the point had at that instant before this one, in journal order; null if never.
    /// </summary>
    internal int? OrdinalAt(PointNumber point, long atTicks, double value)
    {
        var ordinal = 0;
        var bits = BitConverter.DoubleToInt64Bits(value);
        using var history = Open(point);
        foreach (var sample in history.Walk(atTicks, atTicks + 1))
        {
            if (BitConverter.DoubleToInt64Bits(sample.Value) == bits)
            {
                return ordinal;
            }

            ordinal++;
        }

        return null;
    }

    /// <summary>One point as it is now; the memory first, so that nothing is missed that is stored meanwhile.</summary>
    internal PointHistory Open(PointNumber point)
    {
        Sample[] memory = [];
        lock (_gate)
        {
            if (point.Value > 0 && point.Value < _open.Length && _open[point.Value] is { Count: > 0 } open)
            {
                memory = open.InTimeOrder();
            }
        }

        return new PointHistory(_db, point.Value, _find(point), memory);
    }

    private static void AddTo(BucketBuilder builder, IEnumerable<Bucket> parts)
    {
        foreach (var part in parts)
        {
            builder.Add(part);
        }
    }

    private static ReadToken Next(List<Sample> items, ReadToken? after)
    {
        var at = items[^1].AtTicks;
        var given = 0;
        for (var i = items.Count - 1; i >= 0 && items[i].AtTicks == at; i--)
        {
            given++;
        }

        return new ReadToken(at, after is { } before && before.AtTicks == at ? before.Given + given : given);
    }
}
