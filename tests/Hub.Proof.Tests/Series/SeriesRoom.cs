using Hub.Gateway;
using Hub.Gateway.Journal;
using Hub.Gateway.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Proof.Tests.Series;

/// <summary>
/// The real journal, history and InfluxDB follower of one hub, in this process; to be started again after a "crash".
/// </summary>
internal sealed class SeriesRoom : IAsyncDisposable
{
    public const int Points = 5;

    private readonly JournalLog _journal;
    private readonly SeriesDb _db;
    private readonly HistoryStore _history;
    private readonly InfluxWriter _writer;
    private readonly InfluxLedger _ledger;
    private readonly HistoryFollower _historyFollower;
    private readonly SeriesFollower _follower;

    private SeriesRoom(TempFolder folder, InfluxOptions options)
    {
        _journal = JournalLog.Open(
            folder["journal.db"], new JournalOptions(), TimeProvider.System, NullLogger<JournalLog>.Instance, _ => { });
        _db = new SeriesDb(folder["series.db"]);
        _history = new HistoryStore(_db, new HistoryOptions());
        _writer = new InfluxWriter(options);
        _ledger = new InfluxLedger(_db, options.ParkedMax);
        var names = new PointNames(_db);
        Delivery = new SeriesDelivery(_writer, options, NullLogger<SeriesDelivery>.Instance);
        _historyFollower = new HistoryFollower(
            _journal, _history, names, new HistoryOptions(), NullLogger<HistoryFollower>.Instance);
        _follower = new SeriesFollower(
            _journal, _history, names, _ledger, Delivery, options, () => "court", TimeProvider.System,
            NullLogger<SeriesFollower>.Instance);
    }

    public SeriesDelivery Delivery { get; }

    public InfluxLedger Ledger => _ledger;

    public HistoryStore History => _history;

    public static async Task<SeriesRoom> StartAsync(TempFolder folder, InfluxOptions options, CancellationToken cancel)
    {
        var room = new SeriesRoom(folder, options);
        if (room._journal.Tail.Value == 0)
        {
            for (var point = 1; point <= Points; point++)
            {
                var change = new SiteChange.PointCommissioned(InPoint(point));
                await room.AppendAsync(new Entry.Changed(DateTimeOffset.UnixEpoch, change), cancel);
            }
        }

        await room._historyFollower.StartAsync(cancel);
        await room._follower.StartAsync(cancel);
        return room;
    }

    public static Point InPoint(int point) =>
        new(new PointNumber(point), "edge b1", $"w-{point}", Signal.WaterVolume, "b1,e2=0301");

    public async Task AppendAsync(Entry entry, CancellationToken cancel) => await _journal.AppendAsync(entry, cancel);

    /// <summary>Until InfluxDB has everything that is in the journal now.</summary>
    public async Task ArrivedAsync(CancellationToken cancel)
    {
        var tail = _journal.Tail.Value;
        while (_ledger.Cursor < tail)
        {
            Assert.False(_follower.ExecuteTask!.IsFaulted, _follower.ExecuteTask.Exception?.ToString());
            await Task.Delay(20, cancel);
        }
    }

    /// <summary>Until the history has everything that is in the journal now.</summary>
    public Task KeptAsync(CancellationToken cancel) => _history.CaughtUpAsync(_journal.Tail, cancel);

    public async ValueTask DisposeAsync()
    {
        await _follower.StopAsync(CancellationToken.None);
        await _historyFollower.StopAsync(CancellationToken.None);
        _follower.Dispose();
        _historyFollower.Dispose();
        _writer.Dispose();
        _db.Dispose();
        _journal.Dispose();
    }
}
