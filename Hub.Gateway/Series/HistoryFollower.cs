using Hub.Gateway.Journal;

namespace Hub.Gateway.Series;

/// <summary>Journal to history: every row is taken, and stored when it is due.</summary>
public sealed class HistoryFollower(
    JournalLog journal, HistoryStore history, PointNames names, HistoryOptions options, ILogger<HistoryFollower> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        history.BeginAt(journal.Tail);
        try
        {
            await foreach (var row in journal.FollowAsync(HistoryStore.CursorName, history.Cursor, stoppingToken))
            {
                await TakeAsync(row, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is in memory only is in the journal: stopping and crashing are the same.
        }
    }

    internal async Task TakeAsync(JournalRow row, CancellationToken stopping)
    {
        // Names first: who waits for the row finds its points named.
        await DiskPatience.DoAsync(() => names.Take(row.Entries), "names", options.Clock, logger, stopping);
        history.Take(row.Position, row.Entries);
        if (await DiskPatience.DoAsync(history.StoreDue, "history", options.Clock, logger, stopping))
        {
            journal.Report(HistoryStore.CursorName, history.Cursor);
        }
    }
}
