using System.Text.Json;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Series;

/// <summary>A chart of two hours of which the history has the second: one reading a minute, 10 l each.</summary>
public sealed class OlderReadingsTests
{
    private const int Boundary = 65;
    private const string Chart =
        "api/v1/chart?device=w-1&signal=water.volume&buckets=6&from=2026-01-05T08:00:00Z&to=2026-01-05T10:00:00Z";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_parts_are_joined_as_if_they_had_always_been_one()
    {
        var reader = new ScriptedReader(OlderPart.Of(Readings(0, Boundary)));
        await using var room = await StartAsync(reader, from: Boundary);
        await using var whole = await StartAsync(new ScriptedReader(OlderPart.Unreached), from: 0);

        var joined = await room.GetAsync(Chart, Cancel);
        var known = await whole.GetAsync(Chart, Cancel);

        Assert.Equal("influxdb", joined.GetProperty("older").GetString());
        Assert.False(known.TryGetProperty("older", out _));
        foreach (var name in new[] { "from", "to", "count", "min", "max", "first", "last" })
        {
            Assert.Equal(Column(known, name), Column(joined, name));
        }

        foreach (var name in new[] { "mean", "used", "rate" })
        {
            Assert.Equal(Rounded(known, name), Rounded(joined, name));
        }
    }

    [Fact]
    public async Task It_is_asked_for_what_is_before_the_first_reading_and_only_for_that()
    {
        var reader = new ScriptedReader(OlderPart.Unreached);
        await using var room = await StartAsync(reader, from: Boundary);

        var chart = await room.GetAsync(Chart, Cancel);
        await room.GetAsync(Chart.Replace("08:00", "09:30", StringComparison.Ordinal), Cancel);

        var asked = Assert.Single(reader.Asked);
        Assert.Equal("edge-b1/w-1", asked.Point.DeviceId);
        Assert.Equal(
            (Some.Morning.UtcTicks, Some.Morning.AddMinutes(Boundary).UtcTicks, 20 * TimeSpan.TicksPerMinute),
            (asked.FromTicks, asked.ToTicks, asked.WidthTicks));
        Assert.Equal("unreached", chart.GetProperty("older").GetString());
        Assert.Equal("0", Column(chart, "count")[0]);
    }

    [Fact]
    public void A_register_that_stands_lower_in_the_history_was_exchanged_and_nothing_was_used_between()
    {
        var point = new Point(new PointNumber(1), "e", "w", Signal.WaterVolume, "b1", new Meter());
        var start = Some.Morning.UtcTicks;
        var first = Bucket.Of(new Sample(start + (TimeSpan.TicksPerHour / 2), 0.5), double.NaN);
        var stretch = Bucket.Gap(start, start + TimeSpan.TicksPerHour).With(first);
        var older = OlderPart.Of([Bucket.Of(new Sample(start, 900), double.NaN)]);

        var joined = Assert.Single(older.Join([stretch], point));

        Assert.Equal((2, 900, 0.5, double.NaN), (joined.Count, joined.First, joined.Last, joined.Used));
    }

    private static List<Bucket> Readings(int from, int to)
    {
        var parts = new List<Bucket>();
        for (var minute = from; minute < to; minute++)
        {
            var sample = new Sample(Some.Morning.AddMinutes(minute).UtcTicks, Level(minute));
            parts.Add(Bucket.Of(sample, minute == from ? double.NaN : 0.01));
        }

        return parts;
    }

    private static double Level(int minute) => Math.Round(5 + (minute * 0.01), 2);

    private static List<string> Column(JsonElement chart, string name) =>
        [.. chart.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(name).ToString())];

    private static IEnumerable<double> Rounded(JsonElement chart, string name) => chart.GetProperty("items")
        .EnumerateArray().Select(item => Math.Round(item.GetProperty(name).GetDouble(), 6));

    private static async Task<HubRoom> StartAsync(ISeriesReader reader, int from)
    {
        var room = await HubRoom.StartAsync(HubRoom.OneMeter, Cancel, reader);
        var point = room.Get<SiteBook>().Current.Find(new PointId("edge-b1/w-1/water.volume"))!;
        await room.AppendAsync(
            Some.Pack([.. Readings(from, 120).Select(part => new Reading(point.Number, part.FromTicks, part.First))]),
            Cancel);
        return room;
    }
}
