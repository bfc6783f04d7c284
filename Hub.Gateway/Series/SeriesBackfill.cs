using System.Threading.Channels;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// Sends the history to InfluxDB again, point by point, beside what comes in and no faster than it is allowed to: after
/// a database was lost, or made anew. The points are the same as the first time, so sending them twice changes nothing.
/// It does not go on by itself after a restart.
/// </summary>
/// <param name="points">Every point there ever was.</param>
/// <param name="site">The site tag.</param>
public sealed class SeriesBackfill(
    HistoryStore history, SeriesDelivery delivery, InfluxOptions options, Func<IEnumerable<Point>> points,
    Func<string> site) : BackgroundService
{
    private const int PageReadings = 5_000;

    private readonly Channel<(DateTimeOffset From, DateTimeOffset To)> _asked =
        Channel.CreateBounded<(DateTimeOffset, DateTimeOffset)>(1);

    private volatile BackfillStatus _status = new("none", 0, 0, 0, 0, null);

    public BackfillStatus Status => delivery.Trouble is { } trouble ? _status with { Trouble = trouble } : _status;

    /// <summary>False while one is under way.</summary>
    public bool Begin(DateTimeOffset from, DateTimeOffset to)
    {
        if (_status.State == "running" || !_asked.Writer.TryWrite((from, to)))
        {
            return false;
        }

        _status = new BackfillStatus("running", 0, 0, 0, 0, null);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (from, to) in _asked.Reader.ReadAllAsync(stoppingToken))
            {
                var all = points().ToList();
                _status = _status with { Points = all.Count };
                foreach (var point in all)
                {
                    await SendAsync(point, from, to, stoppingToken);
                    _status = _status with { PointsDone = _status.PointsDone + 1 };
                }

                _status = _status with { State = "done" };
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It is asked for again, if it is still wanted.
        }
    }

    private async Task SendAsync(Point point, DateTimeOffset from, DateTimeOffset to, CancellationToken stopping)
    {
        var series = InfluxLineProtocol.Series(site(), point);
        var parked = new List<ParkedReading>();
        var batch = new List<SeriesReading>(PageReadings);
        var (token, at, ordinal) = ((ReadToken?)null, long.MinValue, 0);
        do
        {
            var begun = options.Clock.GetTimestamp();
            var page = history.Read(point.Number, from, to, PageReadings, token);
            batch.Clear();
            foreach (var sample in page.Items)
            {
                ordinal = sample.AtTicks == at ? ordinal + 1 : 0;
                at = sample.AtTicks;
                if (InfluxLineProtocol.WhyNot(sample.AtTicks, ordinal, sample.Value) is null)
                {
                    batch.Add(new SeriesReading(point.Number, series, sample.AtTicks, ordinal, sample.Value));
                }
            }

            await delivery.DeliverAsync(batch.ToArray(), parked, stopping);
            token = page.Next;
            _status = _status with
            {
                Sent = _status.Sent + batch.Count - parked.Count,
                Refused = _status.Refused + parked.Count + page.Items.Count - batch.Count,
            };
            parked.Clear();
            await PaceAsync(page.Items.Count, begun, stopping);
        }
        while (token is not null);
    }

    private async Task PaceAsync(int readings, long begun, CancellationToken stopping)
    {
        var rest = TimeSpan.FromSeconds((double)readings / options.BackfillReadingsPerSecondMax)
            - options.Clock.GetElapsedTime(begun);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, options.Clock, stopping);
        }
    }
}
