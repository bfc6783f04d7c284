using System.Globalization;
using Hub.Gateway.Series;
using Hub.Gateway.Storage;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Inspections;

/// <summary>The dials as people read them, beside what the hub has counted.</summary>
public sealed class DialBook(IDbContextFactory<HubDb> dbs, HistoryStore? history = null)
{
    /// <summary>How far back the hub's own register is looked for: a meter may report once a day.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(3);

    private const int PageReadings = 10_000;

    /// <summary>A dial as it was read, beside the hub's register at that moment.</summary>
    public MeterTruth TruthOf(Point point, double read, DateTimeOffset at) =>
        new(point.Number.Value, point.Meter?.Serial ?? "", at.ToUniversalTime(), read, RegisterAt(point.Number, at));

    /// <summary>What the dial shows by what the hub has counted since it was read; null before it was.</summary>
    public async Task<double?> DialAtAsync(Point point, DateTimeOffset at, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await LastAsync(db, point, at, cancel) is { } truth && RegisterAt(point.Number, at) is { } ours
            ? truth.DialAt(ours, point.Meter?.RolloverAt)
            : null;
    }

    /// <summary>The last reading of each meter's dial until then, by point and serial.</summary>
    public async Task<IReadOnlyDictionary<(int Point, string Serial), MeterTruth>> LastAsync(
        DateTimeOffset until, CancellationToken cancel)
    {
        var ticks = until.UtcTicks;
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var truths = db.Set<TruthRow>().AsNoTracking().Where(row => row.AtTicks <= ticks);
        var last = await truths.Where(row => !truths.Any(later =>
                later.Point == row.Point && later.Serial == row.Serial && later.AtTicks > row.AtTicks))
            .ToListAsync(cancel);
        return last.DistinctBy(row => (row.Point, row.Serial))
            .ToDictionary(row => (row.Point, row.Serial), row => row.Truth());
    }

    /// <summary>What was lost since the dial was read before.</summary>
    internal static async Task<PulseLoss?> LossAsync(
        HubDb db, Point point, MeterTruth truth, CancellationToken cancel) =>
        await LastAsync(db, point, truth.At, cancel) is { } before
            ? truth.LossSince(before, point.Meter?.RolloverAt)
            : null;

    /// <summary>The hub's register at that moment: its last good reading until then.</summary>
    public double? RegisterAt(PointNumber point, DateTimeOffset at)
    {
        if (history is null)
        {
            return null;
        }

        double? last = null;
        ReadToken? after = null;
        do
        {
            var page = history.Read(point, at - LookBack, at.AddTicks(1), PageReadings, after);
            last = page.Items.Count > 0 ? page.Items[^1].Value : last;
            after = page.Next;
        }
        while (after is not null);

        return last;
    }

    /// <summary>In the engineer's trade words and figures, which need no language of their own.</summary>
    internal static string Sentence(Point point, PulseLoss loss) => string.Create(
        CultureInfo.InvariantCulture,
        $"{point.Id.Value}: {loss.Lost:0.###} {Signal.Of(point.Signal).Unit} ({loss.Share:P1}); "
        + $"Δ {loss.Dial:0.###} / {loss.Ours:0.###}");

    private static async Task<MeterTruth?> LastAsync(
        HubDb db, Point point, DateTimeOffset until, CancellationToken cancel)
    {
        var (number, serial, ticks) = (point.Number.Value, point.Meter?.Serial ?? "", until.UtcTicks);
        var row = await db.Set<TruthRow>().AsNoTracking()
            .Where(row => row.Point == number && row.Serial == serial && row.AtTicks <= ticks)
            .OrderByDescending(row => row.AtTicks).FirstOrDefaultAsync(cancel);
        return row?.Truth();
    }
}
