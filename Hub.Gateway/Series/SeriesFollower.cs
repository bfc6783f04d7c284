using Hub.Gateway.Journal;
using Hub.Transport.Log;

namespace Hub.Gateway.Series;

/// <summary>
/// Journal to InfluxDB. The cursor moves only when InfluxDB has every reading of the rows behind it; while it is away
/// the
/// rest waits in the journal, so days without it cost disk and lag, two batches of memory, and no reading.
/// </summary>
public sealed class SeriesFollower(
    JournalLog journal, HistoryStore history, PointNames names, InfluxLedger ledger, SeriesDelivery delivery,
    InfluxOptions options, Func<string> site, TimeProvider time, ILogger<SeriesFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan EmptyCommitEvery = TimeSpan.FromSeconds(1);

    private SeriesBatch _batch = new(site, ledger, names.Find, history.OrdinalAt);
    private SeriesBatch _spare = new(site, ledger, names.Find, history.OrdinalAt);
    private Task _sending = Task.CompletedTask;
    private long _committedAt;
    private bool _hasGathered;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var row in journal.FollowAsync(
                InfluxLedger.CursorName, new LogPosition(ledger.Cursor), stoppingToken))
            {
                await TakeAsync(row, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What InfluxDB has and the cursor doesn't is sent again, as the same points.
        }
        finally
        {
            // The request on its way ends with the same token; nothing may be written after that.
            await Task.WhenAny(_sending);
        }
    }

    internal async Task TakeAsync(JournalRow row, CancellationToken stopping)
    {
        // The history knows the names, and the order of several values of one instant.
        await history.CaughtUpAsync(row.Position, stopping);
        _batch.Add(row.Position.Value, row.Entries);
        if (!await IsDueAsync(row.Position, stopping))
        {
            return;
        }

        // One request is on its way while the next one is gathered: in a backlog neither end waits for the other.
        await _sending;
        _sending = SendAsync(_batch, stopping);
        (_batch, _spare) = (_spare, _batch);
        _hasGathered = false;
        _committedAt = options.Clock.GetTimestamp();
        if (row.Position == journal.Tail)
        {
            await _sending;
        }
    }

    private async ValueTask<bool> IsDueAsync(LogPosition row, CancellationToken stopping)
    {
        if (_batch.Count >= delivery.BatchReadings)
        {
            return true;
        }

        if (row < journal.Tail)
        {
            return false;
        }

        if (_batch.Count == 0 && _batch.Parked.Count == 0)
        {
            return options.Clock.GetElapsedTime(_committedAt) >= EmptyCommitEvery;
        }

        if (!_hasGathered && options.BatchDelay > TimeSpan.Zero)
        {
            // At the tail: some company makes one request of many small rows.
            _hasGathered = true;
            await Task.Delay(options.BatchDelay, options.Clock, stopping);
        }

        return row == journal.Tail;
    }

    private async Task SendAsync(SeriesBatch batch, CancellationToken stopping)
    {
        await delivery.DeliverAsync(batch.Readings, batch.Parked, stopping);
        await DiskPatience.DoAsync(() => Commit(batch), "influx", options.Clock, logger, stopping);
        journal.Report(InfluxLedger.CursorName, new LogPosition(ledger.Cursor));
        batch.Clear();
    }

    private bool Commit(SeriesBatch batch)
    {
        ledger.Commit(batch.Through, batch.Marks, batch.Parked, time.GetUtcNow());
        return true;
    }
}
