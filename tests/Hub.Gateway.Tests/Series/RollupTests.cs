using Hub.Gateway.Series;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Series;

/// <summary>Rollups against sums that are made anew from every reading.</summary>
public sealed class RollupTests : IDisposable
{
    private static readonly Point Meter = new(new PointNumber(1), "edge", "w", Signal.WaterVolume, "b1");
    private static readonly DateTimeOffset End = Some.Morning.AddDays(40);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly HashSet<Sample> _known = [];
    private readonly List<Sample> _all = [];
    private readonly SeriesDb _db;
    private readonly HistoryStore _history;
    private readonly HistoryKeeper _keeper;
    private long _row;

    public RollupTests()
    {
        var options = new HistoryOptions
        {
            ChunkReadingsMax = 100,
            ChartReadingsMax = 0,
            Clock = _time,
            KeepReadings = TimeSpan.FromDays(30),
            KeepRollups = [TimeSpan.FromDays(30), TimeSpan.FromDays(60), TimeSpan.FromDays(90), TimeSpan.FromDays(900)],
        };
        _db = new SeriesDb(_folder["series.db"]);
        _history = new HistoryStore(_db, options, _ => Meter);
        _keeper = new HistoryKeeper(_db, options, _ => Meter);
    }

    public void Dispose()
    {
        _db.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 20)]
    [InlineData(3, 900)]
    [InlineData(4, 9000)]
    public void Every_resolution_is_what_its_readings_say(int seed, int secondsBetween)
    {
        var random = new Random(seed);
        var meter = new DrawnMeter(random, secondsBetween);
        for (var i = 0; i < 25; i++)
        {
            // Late ones, some twice, some at one instant; rolled up and stored at any time.
            Take([.. meter.Next(random.Next(1, 120)).Concat(Again(random))]);
            if (random.Next(3) == 0)
            {
                _history.StoreAll();
            }

            if (random.Next(3) == 0)
            {
                _keeper.RollUp();
            }
        }

        foreach (var resolution in Resolution.All)
        {
            IsWhatTheReadingsSay(resolution);
        }

        Assert.Equal(0, _db.Damaged);
    }

    [Fact]
    public void What_is_forgotten_stays_in_the_rollups_that_are_kept_longer()
    {
        Take(Minutes(0, 40 * 24 * 60));
        RollUp();
        var before = Days();

        _keeper.Trim(End);

        Assert.Equal(before, Days());
        Assert.Empty(_history.Read(Meter.Number, Some.Morning, Some.Morning.AddDays(9), 10, null).Items);
        Assert.NotEmpty(_history.Read(Meter.Number, End.AddDays(-29), End, 10, null).Items);
        Assert.Equal(40 * 24 * 60, Days().Sum(day => day.Count));

        _keeper.Trim(Some.Morning.AddDays(2000));
        Assert.Empty(Days());
    }

    [Fact]
    public void What_comes_after_its_day_was_forgotten_is_put_to_the_rollups()
    {
        Take(Minutes(0, 40 * 24 * 60));
        RollUp();
        _keeper.Trim(End);
        var before = Days();

        Take([new Sample(Some.Morning.AddMinutes(30.5).UtcTicks, 5000)]);
        var open = Days();
        _history.StoreAll();
        Take(Minutes(40 * 24 * 60, 200));
        RollUp();

        Assert.Equal(open[0], Days()[0]);
        Assert.Equal((before[0].Count + 1, 5000), (open[0].Count, open[0].Max));
    }

    [Fact]
    public void A_chart_takes_the_coarsest_that_is_fine_enough_and_says_where_its_stretches_are()
    {
        Take(Minutes(0, 30 * 24 * 60));
        RollUp();

        var chart = _history.Bucketed(Meter.Number, Some.Morning.AddMinutes(7), Some.Morning.AddDays(30), 700);

        Assert.InRange(chart.Count, 300, 701);
        Assert.All(chart, stretch => Assert.Equal(0, stretch.FromTicks % TimeSpan.TicksPerHour));
        Assert.Equal(30 * 24 * 60, chart.Sum(stretch => stretch.Count));
        Assert.Equal(30 * 24 * 60 * 0.001, chart.Sum(stretch => double.IsNaN(stretch.Used) ? 0 : stretch.Used), 2);
    }

    [Fact]
    public void What_was_read_at_an_unknown_time_is_kept_and_in_no_sum()
    {
        Take(Minutes(0, 40 * 24 * 60));
        RollUp();
        var before = Sums();

        Take([new Sample(Some.Morning.AddDays(35.1).UtcTicks, 5000, Quality.Bad)]);
        Assert.Equal(before, Sums());
        RollUp();
        _keeper.Trim(End);
        Take([new Sample(Some.Morning.AddMinutes(30.5).UtcTicks, 5000, Quality.Bad)]);
        RollUp();

        Assert.Equal(before, Sums());
        var day = _history.Read(Meter.Number, Some.Morning.AddDays(35), End, 2_000, null).Items;
        Assert.Single(day, reading => reading.Quality == Quality.Bad);

        // A total is rounded as the readings come together.
        IEnumerable<(int, double, double, double, double)> Sums() =>
            [.. Days().Select(day => (day.Count, day.Min, day.Max, day.Last, Math.Round(day.Sum + day.Used, 6)))];
    }

    [Fact]
    public void A_damaged_chunk_is_a_gap_and_is_counted()
    {
        Take(Minutes(0, 300));
        _history.StoreAll();
        _db.Write((writer, transaction) => SeriesDb.Run(
            writer, transaction, "UPDATE chunks SET data = zeroblob(20) WHERE id = (SELECT min(id) FROM chunks)"));

        var read = _history.Read(Meter.Number, Some.Morning, End, 1_000, null).Items;

        Assert.Equal(200, read.Count);
        Assert.Equal(1, _db.Damaged);
    }

    private IReadOnlyList<Bucket> Days() =>
    [
        .. _history.Bucketed(Meter.Number, Some.Morning, End, 41).Where(day => !day.IsGap),
    ];

    private static Sample[] Minutes(int from, int count) =>
    [
        .. Enumerable.Range(from, count).Select(minute =>
            new Sample(Some.Morning.AddMinutes(minute).UtcTicks, Math.Round(minute * 0.001, 3))),
    ];

    private IEnumerable<Sample> Again(Random random) =>
        Enumerable.Range(0, _all.Count == 0 ? 0 : random.Next(3)).Select(_ => _all[random.Next(_all.Count)]);

    private void Take(IReadOnlyList<Sample> samples)
    {
        _history.Take(new LogPosition(++_row), [Some.Pack(
            [.. samples.Select(sample => new Reading(Meter.Number, sample.AtTicks, sample.Value, sample.Quality))])]);
        _all.AddRange(samples.Where(_known.Add));
    }

    private void RollUp()
    {
        _history.StoreAll();
        while (_keeper.RollUp() > 0)
        {
        }
    }

    private void IsWhatTheReadingsSay(Resolution resolution)
    {
        var ordered = _all.OrderBy(sample => sample.AtTicks).ToList();
        var consumption = new Consumption(Meter);
        var expected = ordered.Select(sample => Bucket.Of(sample, consumption.Take(sample)))
            .GroupBy(one => resolution.BucketOf(one.FromTicks))
            .Select(group => group.Aggregate(
                Bucket.Gap(group.Key, group.Key + resolution.BucketTicks), (sum, one) => sum.With(one)))
            .ToList();
        using var history = _history.Open(Meter.Number);
        var from = resolution.PageOf(ordered[0].AtTicks);
        var found = history.Buckets(resolution, from, resolution.PageOf(ordered[^1].AtTicks) + resolution.PageTicks)
            .ToList();

        Assert.Equal(
            expected.Select(bucket => bucket with { Sum = 0, Used = 0 }),
            found.Select(bucket => bucket with { Sum = 0, Used = 0 }));
        Assert.All(expected.Zip(found), pair =>
        {
            Assert.Equal(pair.First.Sum, pair.Second.Sum, 1e-3);
            Assert.Equal(pair.First.Used, pair.Second.Used, 1e-6);
        });
    }
}
