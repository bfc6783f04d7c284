using Hub.Gateway;
using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Live;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Gateway.Watch;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Engine;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// One hub: the real rooms from the message to the order and to InfluxDB, on a simulated disk, each moved by hand. What it
/// throws at a failing disk ends it, as it ends the real program, and it is started again.
/// </summary>
internal sealed partial class SimulatedHub(
    SimulatedDisk disk, SimulatedNetwork network, SimulatedInflux influx, Random random, Func<DateTimeOffset> now, Bait bait)
    : IDisposable
{
    private readonly JournalOptions _journalOptions = new()
    {
        KeepFor = TimeSpan.FromMinutes(random.Next(5, 40)),
        BatchBytesMax = 1 << random.Next(9, 20),
        // Copies of the write-ahead log by the writer itself: the copier's thread is not in step.
        Log = new DurableLogOptions { CheckpointStepBytes = int.MaxValue, WalBytesMax = 1 << random.Next(14, 20) },
    };

    private readonly int _chunkMax = random.Next(8, 64);
    private readonly TimeSpan _openForMax = TimeSpan.FromMinutes(random.Next(2, 30));
    private readonly int _batchMax = random.Next(1, 60);
    private readonly int _checkpointRows = random.Next(3, 60);
    private SimulatedClock? _clock;
    private IRowLog? _log;
    private JournalLog? _journal;
    private IngestService? _ingest;
    private WatermarkKeeper? _watermarks;
    private SiteBook? _book;
    private SeriesDb? _series;
    private SimulatedInflux.Door? _door;
    private OrderDesk? _desk;
    private Following? _watch;
    private Following? _toHistory;
    private Following? _toInflux;
    private SecondHand _hand = new(DateTimeOffset.MinValue);
    private long _tickedAt;
    private TimeSpan _clockOffset;
    private long _told;

    public SimulatedDisk Disk => disk;

    public bool IsRunning => _journal is not null;

    public JournalLog Journal => _journal!;

    public HistoryStore History { get; private set; } = null!;

    public InfluxLedger Influx { get; private set; } = null!;

    public int Starts { get; private set; }

    public long Acknowledged { get; private set; }

    /// <summary>How often it has ended by itself, or one of its rooms has warned of something.</summary>
    public long Told => Volatile.Read(ref _told);

    public bool IsThrough =>
        IsRunning && _watch!.IsThrough && _toHistory!.IsThrough && _toInflux!.IsThrough;

    public void Start()
    {
        disk.Start();
        Starts++;
        Guarded(Open);
    }

    /// <summary>The program is gone, and its connections with it.</summary>
    public void Stop()
    {
        disk.Kill();
        _journal?.Dispose();
        _desk?.Dispose();
        _ingest?.Dispose();
        _series?.Dispose();
        _book?.Dispose();
        SqliteConnection.ClearAllPools();
        (_journal, _desk, _ingest, _series, _book) = (null, null, null, null, null);
        (_watch, _toHistory, _toInflux) = (null, null, null);
    }

    public void SetClock(TimeSpan offset)
    {
        _clockOffset = offset;
        _clock?.Offset = offset;
    }

    public void AdvanceTo(DateTimeOffset at) => Guarded(() => _clock!.AdvanceTo(at));

    public void Tick() => Guarded(() =>
    {
        var timestamp = _clock!.GetTimestamp();
        var at = _hand.Next(_clock.GetUtcNow(), _clock.GetElapsedTime(_tickedAt, timestamp));
        _tickedAt = timestamp;
        var batch = new UnansweredBatch();
        batch.Entries.Write(new Entry.Tick(bait == Bait.WallClockInTick ? _clock.GetUtcNow() : at));
        _journal!.HandOver(batch);
    });

    public void Commit() => Guarded(() =>
    {
        while (IsRunning && _journal!.CommitNext())
        {
        }
    });

    public void Follow(int rowsMax) => Guarded(() =>
    {
        _watch!.Step(rowsMax);
        _toHistory!.Step(rowsMax);
        if (bait == Bait.HistoryCursorBeforeStore)
        {
            _series!.Write((writer, transaction) =>
                SeriesDb.SetCursor(writer, transaction, HistoryStore.CursorName, History.Position.Value));
        }

        // InfluxDB's follower waits for the history, and that is another one's turn.
        if (_toHistory.IsThrough)
        {
            _toInflux!.Step(rowsMax);
        }
    });

    public void SaveWatermarks() => Guarded(() => Done(_watermarks!.SaveAsync(CancellationToken.None)));

    /// <param name="first">Sees what may go.</param>
    public void Trim(Action first) => Guarded(() =>
    {
        first();
        if (bait == Bait.TrimAheadOfSlowest)
        {
            _log!.TrimThrough(JournalTrim.Through(_log, _journalOptions, _clock!.GetUtcNow(), _log.Tail));
        }

        _journal!.Trim();
    });

    /// <summary>All that a hub at its ease does by and by.</summary>
    public void Settle()
    {
        _door?.Flush();
        if (IsRunning)
        {
            Guarded(() => History.StoreAll());
        }
    }

    public void Dispose()
    {
        Stop();
        disk.Dispose();
    }

    private static void Done(Task task)
    {
        Assert.True(task.IsCompleted, "Something was waited for that nobody is there to do.");
        task.GetAwaiter().GetResult();
    }

    private HeardLogger<T> Heard<T>() => new(() => Interlocked.Increment(ref _told));

    /// <summary>Where the disk fails it, the program ends.</summary>
    private void Guarded(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is LogFailedException or SqliteException or DbUpdateException)
        {
            Interlocked.Increment(ref _told);
            Stop();
        }

        if (_journal?.Failure is not null || (IsRunning && !disk.IsOn))
        {
            Stop();
        }
    }

    private void Open()
    {
        _clock = new SimulatedClock(now()) { Offset = _clockOffset };
        var dbs = new HubTemplate.Databases(disk["hub.db"]);
        using (var db = dbs.CreateDbContext())
        {
            StorageSetup.Prepare(db);
        }

        _log = DurableLog.Open(disk["journal.db"], _journalOptions.Log);
        _journal = new JournalLog(
            _log, _journalOptions with { HousekeepingTime = _clock }, _clock, Heard<JournalLog>(), _ => { }, isStepped: true);
        _book = new SiteBook(_journal, dbs, new HubOptions { DataFolder = disk.Folder }, _clock);
        Done(_book.LoadAsync(CancellationToken.None));
        OpenIngest(dbs);
        OpenSeries();
        OpenWatch(dbs);
        (_hand, _tickedAt) = (TickService.HandOf(_journal), _clock.GetTimestamp());
    }

    private void OpenSeries()
    {
        _series = new SeriesDb(disk["series.db"]);
        var options = new HistoryOptions { Clock = _clock!, ChunkReadingsMax = _chunkMax, OpenForMax = _openForMax };
        History = new HistoryStore(_series, options);
        var names = new PointNames(_series);
        var toHistory = new HistoryFollower(_journal!, History, names, options, Heard<HistoryFollower>());
        History.BeginAt(_journal!.Tail);
        _toHistory = new Following(_journal, HistoryStore.CursorName, History.Cursor, toHistory.TakeAsync);

        var outlet = new InfluxOptions
        {
            Url = new Uri("http://influx"),
            Clock = _clock!,
            BatchDelay = TimeSpan.Zero,
            BatchReadingsMax = _batchMax,
        };
        Influx = new InfluxLedger(_series, outlet.ParkedMax);
        _door = influx.Open();
        var delivery = new SeriesDelivery(_door, outlet, Heard<SeriesDelivery>(), new Random(random.Next()));
        var toInflux = new SeriesFollower(
            _journal, History, names, Influx, delivery, outlet, () => "simulated", _clock!, Heard<SeriesFollower>());
        _toInflux = new Following(_journal, InfluxLedger.CursorName, new LogPosition(Influx.Cursor), toInflux.TakeAsync);
    }

    private void OpenWatch(HubTemplate.Databases dbs)
    {
        SpoilOrders(dbs);
        var premises = new SitePremises(_book!);
        _desk = new OrderDesk(dbs, new LiveFeed(), _clock!, premises, OrderPolicy.Standard);
        var options = new WatchOptions { HousekeepingTime = _clock!, CheckpointRowsMax = _checkpointRows };
        var store = new CheckpointStore(dbs, options, Heard<CheckpointStore>());
        var watch = new WatchService(
            _journal!, _desk, premises, store, new DryRun(_clock!), options, Heard<WatchService>());
        Done(watch.BeginAsync(CancellationToken.None));
        var after = bait == Bait.ReplayFromTheEnd ? _journal!.Tail : watch.Position;
        _watch = new Following(_journal!, WatchService.Follower, after, async (row, stopping) =>
        {
            await watch.TakeAsync(row, stopping);
            // The checkpoint is stored by the thread pool, beside the rules: here everything has its turn.
            Task.WhenAny(watch.Storing ?? Task.CompletedTask).Wait(stopping);
        });
    }
}
