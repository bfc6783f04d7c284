using Hub.Gateway.Rulebook;
using Hub.Gateway.Series;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Rulebook;

/// <summary>What a history says to the rules, beside what the journal of the same days says.</summary>
public sealed class HistoryReplayTests : IDisposable
{
    private const int Days = 2;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly SeriesDb _db;
    private readonly HistoryStore _history;

    public HistoryReplayTests()
    {
        _db = new SeriesDb(_folder["series.db"]);
        _history = new HistoryStore(_db, new HistoryOptions { ChunkReadingsMax = 64 });
    }

    private static IReadOnlyList<(DateTimeOffset At, SiteChange Change)> Changes =>
    [
        (Start, new SiteChange.SpaceDefined(new Space("home", SpaceKind.Unit, "1-301")
        {
            Occupancy = Occupancy.Custody, VacantSince = Start.AddDays(-90),
        })),
        (Start, new SiteChange.PointCommissioned(PointOf(1, Signal.WaterVolume))),
        (Start, new SiteChange.PointCommissioned(PointOf(2, Signal.DoorOpen))),
        (Start, new SiteChange.PointCommissioned(PointOf(3, Signal.Temperature))),
        (Start.AddHours(30), new SiteChange.WindowPlanned(
            new PlannedWindow("home", Start.AddHours(31), Start.AddHours(33), "viewing"))),
        (Start.AddHours(40), new SiteChange.OccupancyChanged("home", Occupancy.Occupied, Start.AddHours(40))),
    ];

    public void Dispose()
    {
        _db.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_days_out_of_the_history_raise_and_clear_the_same_at_the_same_times(int seed)
    {
        var live = Live(new Random(seed)).ToList();
        _history.Take(new LogPosition(1), live);
        _history.StoreAll();

        var past = HistoryReplay.Entries(_history, Changes, DateTimeOffset.MinValue, Start.AddDays(Days));

        var expected = Transitions(live);
        Assert.True(expected.Count > 6, "Nothing much has happened.");
        Assert.Equal(expected, Transitions(past.Select(one => one.Entry)));
    }

    [Fact]
    public void A_site_that_nobody_has_described_has_no_past() => Assert.Empty(
        HistoryReplay.Entries(_history, [], DateTimeOffset.MinValue, Start.AddDays(Days)));

    /// <summary>As a hub takes it: each reading some seconds after its time, and a tick every ten.</summary>
    private static IEnumerable<Entry> Live(Random random)
    {
        var (litres, isOpen, told) = (0.0, false, 0);
        for (var at = Start; at < Start.AddDays(Days); at += TimeSpan.FromSeconds(10))
        {
            for (; told < Changes.Count && Changes[told].At <= at; told++)
            {
                yield return new Entry.Changed(Changes[told].At, Changes[told].Change);
            }

            var minute = (int)(at - Start).TotalMinutes;
            if (at > Start && at.Second == 0 && minute % 5 == 0)
            {
                var isRunning = minute % 720 is > 200 and < 200 + 240;
                litres += isRunning ? random.Next(1, 5) : 0;
                yield return Pack(1, at.AddSeconds(-3), litres / 1000, at);
                yield return Pack(3, at.AddSeconds(-2), minute is > 900 and < 1500 ? 5 : 19, at);
            }

            if (at > Start && random.Next(600) == 0)
            {
                isOpen = !isOpen;
                yield return Pack(2, at.AddSeconds(-1), isOpen ? 1 : 0, at);
            }

            yield return new Entry.Tick(at);
        }

        yield return new Entry.Tick(Start.AddDays(Days));
    }

    private static Entry.Readings Pack(int point, DateTimeOffset at, double value, DateTimeOffset arrived) =>
        new("e", "", 0, arrived, new[] { new Reading(new PointNumber(point), at.UtcTicks, value) });

    private static Point PointOf(int number, string signal) => new(
        new PointNumber(number), "e", $"d-{number}", signal, "home",
        signal == Signal.WaterVolume ? new Meter("S", 0.001) : null);

    private static List<string> Transitions(IEnumerable<Entry> entries)
    {
        var engine = new RulesEngine(RuleSet.From(DefaultPacks.All));
        return
        [
            .. entries.SelectMany(entry => engine.Step(entry).ToList())
                .Select(one => $"{one.At:O} {one.GetType().Name} {one.Id}").Order(StringComparer.Ordinal),
        ];
    }
}
