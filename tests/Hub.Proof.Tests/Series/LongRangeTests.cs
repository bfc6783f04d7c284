using Hub.Gateway;
using Hub.Gateway.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Proof.Tests.Series;

/// <summary>A new hub draws what only a real InfluxDB has left, the same as the hub before it did.</summary>
public sealed class LongRangeTests : IDisposable
{
    private const int Minutes = 600;
    private const int YoungFrom = 400;

    /// <summary>m3 a minute.</summary>
    private const double Step = 0.015625;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly TempFolder _youngFolder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _youngFolder.Dispose();
    }

    [Fact]
    public async Task A_chart_that_begins_before_the_history_is_whole()
    {
        await using var influx = new InfluxServer(_folder);
        await influx.StartAsync(Cancel);
        var options = new InfluxOptions { Url = influx.Url, Api = 1 };
        await using var old = await SeriesRoom.StartAsync(_folder, options, Cancel);
        await old.AppendAsync(Pack(0), Cancel);
        await old.ArrivedAsync(Cancel);
        await old.KeptAsync(Cancel);
        await using var young = await SeriesRoom.StartAsync(_youngFolder, options, Cancel);
        await young.AppendAsync(Pack(YoungFrom), Cancel);
        await young.KeptAsync(Cancel);
        // Seven stretches; the history begins inside one of them.
        var (whole, known) = (Chart(old), Chart(young));
        Assert.NotEqual(whole.Select(Told), known.Select(Told));

        foreach (var (readingsMax, parts) in new[] { (12_000, YoungFrom), (100, 5) })
        {
            using var reader = new InfluxReader(
                options with { QueryReadingsMax = readingsMax }, () => "court", NullLogger<InfluxReader>.Instance);
            var point = SeriesRoom.InPoint(1);
            var older = await new OlderReadings(young.History, reader).ReadAsync(
                point, known[0].FromTicks, known[^1].ToTicks, known[0].ToTicks - known[0].FromTicks, Cancel);
            var joined = older.Join(known, point);

            Assert.Equal((OlderState.Shown, parts), (older.State, older.Parts.Count));
            Assert.Equal(whole.Select(Told), joined.Select(Told));
            // This store knows no meters: what was used up to its first reading is all that is said.
            Assert.Equal(YoungFrom * Step, joined.Sum(one => double.IsNaN(one.Used) ? 0 : one.Used), 6);
        }
    }

    private static IReadOnlyList<Bucket> Chart(SeriesRoom room) =>
        room.History.Bucketed(new PointNumber(1), Start, Start.AddMinutes(Minutes), 7);

    private static (long, long, int, double, double, double, double, double) Told(Bucket stretch) => (
        stretch.FromTicks, stretch.ToTicks, stretch.Count, stretch.Min, stretch.Max, stretch.Sum, stretch.First,
        stretch.Last);

    /// <summary>A reading a minute.</summary>
    private static Entry.Readings Pack(int from) => new(
        "edge b1", "", 0, Start,
        Enumerable.Range(from, Minutes - from)
            .Select(minute => new Reading(new PointNumber(1), Start.AddMinutes(minute).UtcTicks, minute * Step))
            .ToArray());
}
