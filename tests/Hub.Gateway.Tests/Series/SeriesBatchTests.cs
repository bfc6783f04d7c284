using Hub.Gateway.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Series;

public sealed class SeriesBatchTests : IDisposable
{
    private static readonly Point Known = new(new PointNumber(1), "e", "d", Signal.WaterVolume, "b1");

    private readonly TempFolder _folder = new();
    private readonly InMemoryInflux _influx = new();
    private SeriesDb _db;
    private HistoryStore _history;
    private InfluxLedger _ledger;
    private SeriesBatch _batch;

    public SeriesBatchTests() => (_db, _history, _ledger, _batch) = Open();

    public void Dispose()
    {
        _db.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Several_values_of_one_instant_all_arrive_however_the_batches_fall()
    {
        var rows = Rows(seed: 3, count: 60);
        foreach (var rowsInBatch in new[] { 1, 7, 60 })
        {
            _influx.Stored.Clear();
            Reset();
            await SendAsync(rows, rowsInBatch);

            Assert.Equal(Expected(rows), Arrived());
        }
    }

    [Fact]
    public async Task Sending_again_after_a_crash_before_the_commit_changes_nothing()
    {
        var rows = Rows(seed: 4, count: 40);
        await SendAsync(rows[..10], 5);

        // Influx took rows 11 to 30, and the hub died before it could note that.
        await SendAsync(rows[10..30], 20, commits: false);
        var taken = new Dictionary<(string, long), double>(_influx.Stored);
        Reopen();
        foreach (var (row, entries) in rows)
        {
            _history.Take(new LogPosition(row), entries);
        }

        await SendAsync([.. rows.Where(row => row.Row > _ledger.Cursor)], 3);

        Assert.All(taken, pair => Assert.Equal(pair.Value, _influx.Stored[pair.Key]));
        Assert.Equal(Expected(rows), Arrived());
    }

    [Fact]
    public async Task What_has_no_name_or_no_line_is_parked_within_the_limit()
    {
        await SendAsync([(1, [Some.Pack(Some.Reading(point: 9), Some.Reading(1, value: double.PositiveInfinity))])], 1);
        for (var row = 2; row < 30; row++)
        {
            await SendAsync([(row, [Some.Pack(Some.Reading(point: 9, value: row))])], 1);
        }

        var (parked, dropped) = _ledger.Parked(100);
        Assert.Equal(20, parked.Count);
        Assert.Equal(10, dropped);
        Assert.Equal(29, parked[0].Value);
        Assert.Equal(29, _ledger.Cursor);
    }

    [Fact]
    public void A_retired_point_keeps_its_name()
    {
        var names = new PointNames(_db);
        names.Take([new Entry.Changed(Some.Morning, new SiteChange.PointCommissioned(Known))]);
        names.Take([new Entry.Changed(Some.Morning, new SiteChange.PointRetired(Known.Number))]);

        Assert.Equal(Known.Id, new PointNames(_db).Find(Known.Number)!.Id);
        Assert.Null(names.Find(new PointNumber(2)));
    }

    private static List<(long Row, Entry[] Entries)> Rows(int seed, int count)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(1, count).Select(row => ((long)row, new Entry[]
            {
                Some.Pack([.. Enumerable.Range(0, 4).Select(_ => Some.Reading(
                    1, Some.Morning.AddSeconds(random.Next(0, 12)), random.Next(0, 9)))]),
            })),
        ];
    }

    private static List<(long, double)> Expected(List<(long Row, Entry[] Entries)> rows) =>
    [
        .. rows.SelectMany(row => row.Entries).Cast<Entry.Readings>().SelectMany(pack => pack.Items.ToArray())
            .Select(reading => ((reading.AtTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond, reading.Value))
            .Distinct().Order(),
    ];

    private List<(long, double)> Arrived() =>
        [.. _influx.Stored.Select(pair => (pair.Key.Nanoseconds / 1_000_000_000, pair.Value)).Order()];

    private async Task SendAsync(List<(long Row, Entry[] Entries)> rows, int rowsInBatch, bool commits = true)
    {
        var delivery = new SeriesDelivery(
            _influx, new InfluxOptions { Url = new Uri("http://influx") }, NullLogger<SeriesDelivery>.Instance);
        foreach (var part in rows.Chunk(rowsInBatch))
        {
            foreach (var (row, entries) in part)
            {
                _history.Take(new LogPosition(row), entries);
                _batch.Add(row, entries);
            }

            await delivery.DeliverAsync(_batch.Readings, _batch.Parked, TestContext.Current.CancellationToken);
            if (commits)
            {
                _ledger.Commit(_batch.Through, _batch.Marks, _batch.Parked, Some.Morning);
            }

            _batch.Clear();
        }
    }

    private void Reset()
    {
        _db.Dispose();
        File.Delete(_folder["series.db"]);
        (_db, _history, _ledger, _batch) = Open();
    }

    private void Reopen()
    {
        _db.Dispose();
        (_db, _history, _ledger, _batch) = Open();
    }

    private (SeriesDb, HistoryStore, InfluxLedger, SeriesBatch) Open()
    {
        var db = new SeriesDb(_folder["series.db"]);
        var history = new HistoryStore(db, new HistoryOptions());
        var ledger = new InfluxLedger(db, parkedMax: 20);
        return (db, history, ledger, new SeriesBatch(
            () => "compound", ledger, number => number == Known.Number ? Known : null, history.OrdinalAt));
    }
}
