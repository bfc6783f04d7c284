using Hub.Gateway.Journal;
using Hub.Gateway.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Watch;

/// <summary>
/// Follows the journal: each entry through the rules engine, and what that says has changed to the order desk, of a row
/// or of several that have come already. The engine's state is saved now and then with the row it belongs to: written
/// between the rows that follow, and stored beside them. After a crash the rows since are read again, and the desk
/// knows which of them have had their effect.
/// </summary>
public sealed partial class WatchService(
    JournalLog journal, OrderDesk desk, IPremises premises, CheckpointStore checkpoints, DryRun dryRun,
    WatchOptions options, ILogger<WatchService> logger) : BackgroundService
{
    /// <summary>The follower's name in the journal.</summary>
    public const string Follower = "watch";

    /// <summary>Between two looks at the clock.</summary>
    private const int PiecesAtOnce = 64;

    private readonly List<AlarmTransition> _transitions = [];
    private RulesEngine _engine = new(RuleSet.From());
    private long _position;
    private LogPosition _judged;
    private int _rowsUntold;
    private long _untoldSince;
    private long _faultyEntries;
    private LogPosition _savedAt;
    private long _savedTime;
    private Snapshot? _snapshot;
    private LogPosition _snapshotAt;
    private Task<bool>? _storing;

    /// <summary>The last row that the rules have judged and the desk has heard of.</summary>
    public LogPosition Position => new(Interlocked.Read(ref _position));

    /// <summary>Entries at which the engine failed; each is in the log.</summary>
    public long FaultyEntries => Interlocked.Read(ref _faultyEntries);

    /// <summary>The checkpoint that is being stored beside the rows that follow; null for none.</summary>
    internal Task? Storing => _storing;

    /// <summary>What the engine has counted; written by the watch alone.</summary>
    public EngineCounters Counters => _engine.Counters;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The journal's rows are read from the disk without waiting: this must not hold up the start of the others.
        await Task.Yield();
        await BeginAsync(stoppingToken);
        try
        {
            await foreach (var row in journal.FollowAsync(Follower, Position, stoppingToken))
            {
                await TakeAsync(row, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await SaveAtEndAsync();
        }
    }

    internal async Task BeginAsync(CancellationToken stopping)
    {
        // Loading takes as long as it takes: until it is known which row comes next, none may be trimmed.
        journal.Report(Follower, LogPosition.Start);
        await desk.LoadAsync(stopping);
        if (desk.Cursor > journal.Tail)
        {
            Log.CursorAhead(logger, desk.Cursor, journal.Tail);
            await desk.RewindAsync(LogPosition.Start, stopping);
        }

        var firstCursor = new LogPosition(Math.Max(0, journal.First.Value - 1));
        // Rows that are gone between the two are unknown; everything before them is known all the same.
        if (await checkpoints.LoadAsync(journal.Tail, stopping) is { } saved)
        {
            (_engine, _savedAt) = saved;
        }
        else
        {
            _engine = new RulesEngine(RuleSet.From());
            _savedAt = firstCursor;
            TellSite();
        }

        Interlocked.Exchange(ref _position, _savedAt.Value);
        _judged = _savedAt;
        _savedTime = options.HousekeepingTime.GetTimestamp();
        Log.Following(logger, _savedAt, journal.Tail);
    }

    /// <summary>
    /// From a journal whose beginning has been trimmed away the engine would learn of no point and no rule.
    /// </summary>
    private void TellSite()
    {
        if (_savedAt == LogPosition.Start)
        {
            return;
        }

        foreach (var entry in SiteEntries.Of(premises.Current, DateTimeOffset.UnixEpoch))
        {
            _engine.Step(entry);
        }
    }

    internal async Task TakeAsync(JournalRow row, CancellationToken stopping)
    {
        dryRun.Take(row.Entries, _engine);
        foreach (var entry in row.Entries)
        {
            Judge(entry, row.Position);
        }

        _judged = row.Position;
        if (MayWait())
        {
            return;
        }

        await Patience.UntilDoneAsync(() => TellDeskAsync(stopping), stopping);
        if (_snapshot is not null)
        {
            await SaveOnAsync(stopping);
        }
        else if (row.Position.Value - _savedAt.Value >= options.CheckpointRowsMax
            || options.HousekeepingTime.GetElapsedTime(_savedTime) >= options.CheckpointEvery)
        {
            BeginSave();
            await SaveOnAsync(stopping);
        }
    }

    /// <summary>
    /// There is something to tell, and more to judge. Each commit of the desk costs the same however much is in it, so
    /// a stream of presses goes through at the pace of the rules, and a single one at once.
    /// </summary>
    private bool MayWait()
    {
        if (_transitions.Count == 0 || _judged >= journal.Tail)
        {
            return false;
        }

        var now = options.HousekeepingTime.GetTimestamp();
        _untoldSince = _rowsUntold == 0 ? now : _untoldSince;
        return ++_rowsUntold < options.TellRowsMax
            && options.HousekeepingTime.GetElapsedTime(_untoldSince, now) < options.TellWithin;
    }

    private async Task TellDeskAsync(CancellationToken cancel)
    {
        await desk.HandleAsync(_transitions, _judged, cancel);
        _transitions.Clear();
        _rowsUntold = 0;
        Interlocked.Exchange(ref _position, _judged.Value);
    }

    /// <summary>An orderly stop saves the state, so that the next start reads nothing again.</summary>
    private async Task SaveAtEndAsync()
    {
        try
        {
            await SaveAsync(CancellationToken.None);
        }
        catch (Exception e) when (StorageSetup.IsAway(e))
        {
            Log.NotSaved(logger, e.Message);
        }
    }

    private void Judge(Entry entry, LogPosition position)
    {
        try
        {
            _transitions.AddRange(_engine.Step(entry));
        }
        catch (Exception e)
        {
            // One entry that the engine can't take must not keep every later press from its butler, now and after each
            // restart: it is named and counted, and the rest goes on.
            Interlocked.Increment(ref _faultyEntries);
            Log.Faulty(logger, entry.GetType().Name, position, e);
        }
    }

    private void BeginSave()
    {
        (_snapshot, _snapshotAt) = (_engine.BeginSnapshot(), Position);
        _savedTime = options.HousekeepingTime.GetTimestamp();
    }

    /// <summary>A little more of the running checkpoint; never long, for a press may be waiting.</summary>
    private async Task SaveOnAsync(CancellationToken cancel)
    {
        var from = options.HousekeepingTime.GetTimestamp();
        while (!_snapshot!.IsComplete && options.HousekeepingTime.GetElapsedTime(from) < options.CheckpointStopMax)
        {
            _snapshot.Advance(PiecesAtOnce);
        }

        if (_snapshot.IsComplete)
        {
            _storing ??= checkpoints.SaveAsync(_snapshot, _snapshotAt, cancel);
        }

        if (_storing is { IsCompleted: true })
        {
            await EndSaveAsync();
        }
    }

    private async Task EndSaveAsync()
    {
        if (await _storing!)
        {
            // Only now may the journal forget the rows that made this state.
            _savedAt = _snapshotAt;
            journal.Report(Follower, _savedAt);
        }

        _snapshot!.Release();
        (_snapshot, _storing) = (null, null);
    }

    /// <summary>All at once: nobody waits any more.</summary>
    private async Task SaveAsync(CancellationToken cancel)
    {
        if (_storing is not null)
        {
            // The stop may have reached it before its end; then the one before is still in force.
            await _storing.ContinueWith(_ => { }, cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        (_snapshot, _storing) = (null, null);
        if (_judged > Position)
        {
            // The state has seen these rows: saved without their effect it would never have one.
            await TellDeskAsync(cancel);
        }

        if (Position != _savedAt)
        {
            BeginSave();
            _snapshot!.Advance(int.MaxValue);
            _storing = checkpoints.SaveAsync(_snapshot, _snapshotAt, cancel);
            await EndSaveAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information,
            "The rules follow the journal from row {Position}; its last is {Tail}.")]
        public static partial void Following(ILogger logger, LogPosition position, LogPosition tail);

        [LoggerMessage(3002, LogLevel.Warning,
            "The order desk has read up to row {Cursor}, the journal ends at {Tail}: another journal. "
            + "Reading this one; alarms that have had their effect have no second one.")]
        public static partial void CursorAhead(ILogger logger, LogPosition cursor, LogPosition tail);

        [LoggerMessage(3004, LogLevel.Warning,
            "The rules' state could not be saved; the next start reads the journal from the last checkpoint. {Why}")]
        public static partial void NotSaved(ILogger logger, string why);

        [LoggerMessage(3003, LogLevel.Error, "The rules failed at a {Kind} of row {Position} and left it out.")]
        public static partial void Faulty(ILogger logger, string kind, LogPosition position, Exception e);
    }
}
