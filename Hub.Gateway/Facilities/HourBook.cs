using Hub.Gateway.Series;
using Hub.Gateway.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Facilities;

/// <summary>
/// The hours that the machines of the facilities have run, one meter a <c>facility.run</c> point. The history is where
/// they come from; what is kept here is its sum, because readings are not kept for as long as a machine lives.
/// </summary>
public sealed class HourBook(
    IPremises premises, IDbContextFactory<HubDb> dbs, TimeProvider time, HistoryStore? history = null)
{
    /// <summary>A meter is stored so seldom: what came after is read again from the history.</summary>
    private const long StoreEveryTicks = TimeSpan.TicksPerHour;

    private const int PageMax = 10_000;

    /// <summary>Every meter as it shows now, by the point's number.</summary>
    public async Task<IReadOnlyDictionary<int, HourMeter>> ReadAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return Read(await db.Set<HourMeterRow>().AsNoTracking().ToDictionaryAsync(row => row.Point, cancel));
    }

    /// <summary>Stores the meters that have moved on; for whoever looks after the plans alone.</summary>
    public async Task KeepAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<HourMeterRow>().ToDictionaryAsync(row => row.Point, cancel);
        foreach (var (point, meter) in Read(rows))
        {
            var row = rows.GetValueOrDefault(point);
            if (meter.ThroughTicks - (row?.ThroughTicks ?? 0) >= StoreEveryTicks)
            {
                row ??= db.Add(new HourMeterRow { Point = point }).Entity;
                row.Set(meter);
            }
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What each meter of a place showed at an instant, as far back as the history goes.</summary>
    public IReadOnlyDictionary<int, long> At(
        string spaceId, DateTimeOffset at, IReadOnlyDictionary<int, HourMeter> meters) =>
        Points(spaceId).Where(meters.ContainsKey).ToDictionary(
            point => point, point => At(new PointNumber(point), meters[point], at.UtcTicks));

    /// <summary>The numbers of the points that say whether the machines of a place run.</summary>
    public IEnumerable<int> Points(string spaceId) => premises.Current.Points.Values
        .Where(point => point.SpaceId == spaceId && IsRun(point, premises.Current))
        .Select(point => point.Number.Value).Order();

    private Dictionary<int, HourMeter> Read(IReadOnlyDictionary<int, HourMeterRow> rows)
    {
        var (site, now) = (premises.Current, time.GetUtcNow());
        return site.Points.Values.Where(point => IsRun(point, site)).ToDictionary(
            point => point.Number.Value,
            point =>
            {
                var stored = rows.GetValueOrDefault(point.Number.Value)?.Meter() ?? default;
                return Readings(point.Number, stored.ThroughTicks, now)
                    .Aggregate(stored, (meter, sample) => meter.Take(sample));
            });
    }

    private long At(PointNumber point, HourMeter meter, long ticks)
    {
        if (ticks >= meter.ThroughTicks)
        {
            return meter.At(ticks);
        }

        var since = Readings(point, 0, new DateTimeOffset(meter.ThroughTicks + 1, TimeSpan.Zero))
            .Aggregate(default(HourMeter), (before, sample) => before.Take(sample, ticks));
        return Math.Max(0, meter.RanTicks - since.RanTicks);
    }

    private IEnumerable<Sample> Readings(PointNumber point, long fromTicks, DateTimeOffset to)
    {
        ReadToken? after = null;
        do
        {
            var page = history?.Read(point, new DateTimeOffset(fromTicks, TimeSpan.Zero), to, PageMax, after);
            foreach (var sample in page?.Items ?? [])
            {
                yield return sample;
            }

            after = page?.Next;
        }
        while (after is not null);
    }

    private static bool IsRun(Point point, SiteSnapshot site) =>
        point.Signal == Signal.FacilityRun && site.SpaceOf(point) is { Kind: SpaceKind.Facility };
}
