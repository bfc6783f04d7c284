using Hub.Gateway.Series;
using Hub.Rules.Readings;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Series;

public sealed class HistoryStoreTests : IDisposable
{
    private static readonly PointNumber Point = new(1);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private SeriesDb _db;
    private HistoryStore _history;

    public HistoryStoreTests() => (_db, _history) = Open();

    public void Dispose()
    {
        _db.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Sees_what_is_still_in_memory()
    {
        Take(1, Some.Reading(value: 12.5));

        Assert.Equal([12.5], Values());
        Assert.Equal(LogPosition.Start, _history.Cursor);
        Assert.Equal(new LogPosition(1), _history.Position);
    }

    [Fact]
    public void Gives_stored_and_open_readings_in_time_order()
    {
        Take(1, At(1, 10), At(3, 30), At(5, 50));
        _history.StoreAll();
        Take(2, At(4, 40));
        _history.StoreAll();
        Take(3, At(2, 20), At(6, 60), At(0, 0));

        Assert.Equal([0, 10, 20, 30, 40, 50, 60], Values());
    }

    [Fact]
    public void Keeps_different_values_of_one_instant_in_journal_order_and_drops_exact_doubles()
    {
        Take(1, At(1, 7), At(1, 3), At(1, 7));
        _history.StoreAll();
        Take(2, At(1, 3), At(1, 5), At(1, 5), At(1, 1), At(1, 5));

        Assert.Equal([7, 3, 5, 1], Values());
        Assert.Equal(2, _history.OrdinalAt(Point, At(1, 5).AtTicks, 5));
        Assert.Null(_history.OrdinalAt(Point, At(1, 5).AtTicks, 9));
    }

    [Fact]
    public void From_is_inside_and_to_is_outside()
    {
        Take(1, At(1, 1), At(2, 2), At(3, 3));

        Assert.Equal([2], _history.Read(Point, Minute(2), Minute(3), 10, null).Items.Select(item => item.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Pages_give_everything_once(int limit)
    {
        Take(1, At(1, 1), At(1, 2), At(1, 3), At(2, 4), At(3, 5));
        _history.StoreAll();
        Take(2, At(1, 6), At(3, 7), At(4, 8));
        var all = new List<double>();
        ReadToken? next = null;

        do
        {
            var page = _history.Read(Point, Minute(0), Minute(60), limit, next);
            all.AddRange(page.Items.Select(item => item.Value));
            Assert.InRange(page.Items.Count, 1, limit);
            next = page.Next is { } token && ReadToken.TryParse(token.ToString(), out var read) ? read : null;
        }
        while (next is not null);

        Assert.Equal([1, 2, 3, 6, 4, 5, 7, 8], all);
    }

    [Fact]
    public void After_a_crash_the_journal_gives_back_what_was_in_memory_and_nothing_twice()
    {
        var rows = new List<(long Row, Reading[] Readings)>();
        var random = new Random(5);
        for (var row = 1L; row <= 400; row++)
        {
            rows.Add((row, [.. Enumerable.Range(0, 5).Select(_ => Some.Reading(
                random.Next(1, 6), Minute(random.Next(0, 300)), random.Next(0, 50)))]));
        }

        var expected = Enumerable.Range(1, 5).ToDictionary(point => point, point => ExpectedOf(point, rows));
        var taken = 0L;
        while (taken < 400)
        {
            // Crash at any place: after some rows, with some stored by size, some by age, the rest in memory only.
            var cursor = _history.Cursor.Value;
            var until = Math.Min(400, taken + random.Next(5, 60));
            foreach (var (row, readings) in rows.Where(row => row.Row > cursor && row.Row <= until))
            {
                Take(row, readings);
                _time.Advance(TimeSpan.FromSeconds(random.Next(0, 20)));
                _history.StoreDue();
            }

            taken = until;
            Reopen();
        }

        foreach (var (row, readings) in rows.Where(row => row.Row > _history.Cursor.Value))
        {
            Take(row, readings);
        }

        Assert.All(expected, pair => Assert.Equal(pair.Value, ReadAll(pair.Key)));
        Assert.True(_history.Cursor.Value > 0);
    }

    [Fact]
    public void The_cursor_stays_before_what_is_only_in_memory()
    {
        Take(1, Some.Reading(point: 1));
        Take(2, [.. Enumerable.Range(0, 8).Select(i => Some.Reading(2, Minute(i), i))]);
        Take(3);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(_history.StoreDue());
        Assert.Equal(LogPosition.Start, _history.Cursor);
        Assert.Equal(1, _history.OpenReadings);

        _time.Advance(TimeSpan.FromHours(2));
        Assert.True(_history.StoreDue());
        Assert.Equal(new LogPosition(3), _history.Cursor);
    }

    [Fact]
    public void A_journal_that_was_started_anew_is_taken_from_its_first_row()
    {
        Take(1, At(1, 1));
        Take(2, At(2, 2));
        _history.StoreAll();
        Reopen();

        _history.BeginAt(new LogPosition(1));
        Take(1, At(3, 3));

        Assert.Equal([1, 2, 3], Values());
        Assert.Equal(LogPosition.Start, _history.Cursor);
    }

    [Fact]
    public void Never_holds_more_in_memory_than_its_limit()
    {
        for (var row = 1; row <= 50; row++)
        {
            Take(row, [.. Enumerable.Range(1, 30).Select(point => Some.Reading(point, Minute(row), row))]);
            _history.StoreDue();

            Assert.InRange(_history.OpenReadings, 0, 200);
        }
    }

    [Fact]
    public async Task A_waiting_read_goes_on_when_its_row_is_taken()
    {
        using var patience = new CancellationTokenSource();
        var waiting = _history.CaughtUpAsync(new LogPosition(2), patience.Token);

        Take(1);
        Assert.False(waiting.IsCompleted);
        Take(2);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var hopeless = _history.CaughtUpAsync(new LogPosition(9), patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hopeless);
    }

    [Fact]
    public void Buckets_show_gaps()
    {
        Take(1, At(0, 4), At(1, 8), At(30, 2));

        var buckets = _history.Bucketed(Point, Minute(0), Minute(40), 4);

        Assert.Equal([2, 0, 0, 1], buckets.Select(bucket => bucket.Count));
        Assert.Equal((4, 8, 6, 4, 8), (buckets[0].Min, buckets[0].Max, buckets[0].Mean, buckets[0].First, buckets[0].Last));
        Assert.True(buckets[1].IsGap);
        Assert.True(double.IsNaN(buckets[1].Mean));
        Assert.Equal(Minute(40), buckets[3].To);
    }

    [Fact]
    public void A_month_of_minutes_is_in_few_chunks()
    {
        for (var row = 1; row <= 30 * 24; row++)
        {
            var hour = row;
            Take(row, [.. Enumerable.Range(0, 60).Select(i => At((hour * 60) + i, (hour * 60) + i))]);
            _time.Advance(TimeSpan.FromHours(1));
            _history.StoreDue();
        }

        var buckets = _history.Bucketed(Point, Minute(0), Minute(31 * 24 * 60), 100);

        Assert.Equal(30 * 24 * 60, buckets.Sum(bucket => bucket.Count));
        Assert.InRange(new FileInfo(_folder["series.db"]).Length, 1, 1_000_000);
    }

    [Fact]
    public void Latest_is_the_newest_by_event_time()
    {
        Assert.Null(_history.Latest(Point));
        Take(1, At(5, 5));
        _history.StoreAll();
        Take(2, At(2, 2));

        Assert.Equal(5, _history.Latest(Point)!.Value.Value);
    }

    private static DateTimeOffset Minute(int minute) => Some.Morning.AddMinutes(minute);

    private static Reading At(int minute, double value) => Some.Reading(1, Minute(minute), value);

    private static List<Sample> ExpectedOf(int point, List<(long Row, Reading[] Readings)> rows) =>
    [
        .. rows.SelectMany(row => row.Readings)
            .Where(reading => reading.Point.Value == point)
            .Select(reading => new Sample(reading.AtTicks, reading.Value))
            .Distinct()
            .OrderBy(sample => sample.AtTicks),
    ];

    private void Take(long row, params Reading[] readings) =>
        _history.Take(new LogPosition(row), [Some.Pack(readings)]);

    private IEnumerable<double> Values() => ReadAll(1).Select(sample => sample.Value);

    private IReadOnlyList<Sample> ReadAll(int point) =>
        _history.Read(new PointNumber(point), Minute(-1), Minute(100_000), 100_000, null).Items;

    private void Reopen()
    {
        _db.Dispose();
        (_db, _history) = Open();
    }

    private (SeriesDb, HistoryStore) Open()
    {
        var db = new SeriesDb(_folder["series.db"]);
        return (db, new HistoryStore(db, new HistoryOptions
        {
            ChunkReadingsMax = 8,
            FullReadingsMax = 64,
            OpenReadingsMax = 171,
            Clock = _time,
        }));
    }
}
