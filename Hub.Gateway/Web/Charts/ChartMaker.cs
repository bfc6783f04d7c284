using Hub.Gateway.Series;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Charts;

/// <summary>Makes the charts of the readings that raised an order, out of the history.</summary>
public sealed class ChartMaker(IPremises premises, IServiceProvider services)
{
    private const int ChartsMax = 3;
    private const int BucketsMax = 120;
    private const int ValuesMax = 600;

    /// <summary>As many silent intervals make a gap; one late reading does not.</summary>
    private const int SilencesMax = 3;

    // A hub that only takes presses has no history, and its pages no charts.
    private readonly HistoryStore? _history = services.GetService<HistoryStore>();
    private readonly OlderReadings? _older = services.GetService<OlderReadings>();

    public async Task<IReadOnlyList<ChartView>> OfAsync(WorkOrder order, Frame frame, CancellationToken cancel)
    {
        if (_history is null || order.Evidence is not { } evidence || evidence.To <= evidence.From)
        {
            return [];
        }

        // It goes on after the alarm, as long again at most: what made the alarm must stay readable.
        var latest = evidence.To + (evidence.To - evidence.From);
        var until = order.ResolvedAt ?? frame.Now;
        var to = until < evidence.To ? evidence.To : until > latest ? latest : until;
        var firedAt = order.Alarms.FirstOrDefault(alarm => !alarm.IsPress)?.At;
        // Together: whoever waits for InfluxDB waits once.
        var made = await Task.WhenAll(evidence.Points.Select(premises.Current.Find).OfType<Point>()
            .Where(point => Signal.Of(point.Signal).Kind != SignalKind.Press)
            .Take(ChartsMax)
            .Select(point => ChartAsync(point, evidence.From, to, frame, cancel)));
        return
        [
            .. made.Select(chart => chart with { FiredAt = firedAt })
                .Select(chart => chart.Unit == evidence.LimitUnit ? chart with { Limit = evidence.Limit } : chart),
        ];
    }

    private async Task<ChartView> ChartAsync(
        Point point, DateTimeOffset from, DateTimeOffset to, Frame frame, CancellationToken cancel)
    {
        var width = (to - from).Ticks / BucketsMax;
        var older = _older is null
            ? OlderPart.None
            : await _older.ReadAsync(point, from.UtcTicks, to.UtcTicks, Math.Max(1, width), cancel);
        var signal = Signal.Of(point.Signal);
        var place = premises.Current.SpaceOf(point)?.Name ?? point.SpaceId;
        var bare = new ChartView(
            $"{place} · {frame.T.Of("signal", point.Signal)}", signal.Unit, from, to, [], null, null,
            SilenceOf(point, (to - from) / BucketsMax), Windows(point.SpaceId, from, to), Older: older.State);
        if (RegisterRate.Of(signal) is var (unit, factor))
        {
            return bare with { Unit = unit, Values = Rates(older, point, from, to, factor) };
        }

        return signal.Kind == SignalKind.Contact
            ? bare with
            {
                IsStep = true,
                GapAfter = TimeSpan.MaxValue,
                Values = Steps(older, point, from, to, frame.Now),
            }
            : bare with { Values = Values(older, point, from, to) };
    }

    private List<ChartValue> Rates(
        OlderPart older, Point point, DateTimeOffset from, DateTimeOffset to, double factor)
    {
        var step = (to - from) / BucketsMax;
        var length = point.Every is { } every && every > step ? every : step;
        var count = Math.Max(1, (int)Math.Round((to - from) / length));
        return
        [
            .. RegisterRate.PerHour(older.Join(_history!.Bucketed(point.Number, from, to, count), point), factor)
                .Where(rate => rate.Value is not null)
                .Select(rate => new ChartValue(rate.From + ((rate.To - rate.From) / 2), rate.Value!.Value)),
        ];
    }

    private List<ChartValue> Steps(
        OlderPart older, Point point, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        // A contact speaks when it changes, so its state holds until the next word.
        var read = Read(older, point, from, to);
        var end = to < now ? to : now;
        if (read.Count > 0 && read[^1].At < end)
        {
            read.Add(new ChartValue(end, read[^1].Value));
        }

        return read;
    }

    private List<ChartValue> Values(OlderPart older, Point point, DateTimeOffset from, DateTimeOffset to)
    {
        var read = Read(older, point, from, to);
        return read.Count < ValuesMax
            ? read
            : [.. older.Join(_history!.Bucketed(point.Number, from, to, BucketsMax), point)
                .Where(bucket => !bucket.IsGap)
                .Select(bucket => new ChartValue(new DateTimeOffset(bucket.LastAtTicks, TimeSpan.Zero), bucket.Max))];
    }

    private List<ChartValue> Read(OlderPart older, Point point, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. older.Parts.Select(part => new ChartValue(new DateTimeOffset(part.LastAtTicks, TimeSpan.Zero), part.Last))
            .Concat(_history!.Read(point.Number, from, to, ValuesMax, null).Items
                .Select(one => new ChartValue(one.At, one.Value)))
            .Take(ValuesMax),
    ];

    private static TimeSpan SilenceOf(Point point, TimeSpan step) =>
        (point.Every is { } every && every > step ? every : step) * SilencesMax;

    private List<ChartSpan> Windows(string space, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. premises.Current.Windows.GetValueOrDefault(space, [])
            .Where(window => window.From < to && window.To > from)
            .Select(window => new ChartSpan(window.From, window.To, window.Reason)),
    ];
}
