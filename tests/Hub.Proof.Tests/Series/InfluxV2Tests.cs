using System.Text.Json;
using Hub.Gateway;
using Hub.Gateway.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Proof.Tests.Series;

/// <summary>The v2 write API, against a server that speaks it (VictoriaMetrics; it keeps times to the millisecond, values to 12 digits).</summary>
public sealed class InfluxV2Tests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_reading_arrives_over_the_second_write_api()
    {
        var program = RealServer.Find("victoria-metrics");
        var port = FreePorts.Next();
        string[] arguments =
        [
            $"-httpListenAddr=127.0.0.1:{port}", $"-storageDataPath={_folder["vm"]}", "-retentionPeriod=100y",
            "-loggerLevel=ERROR", "-search.latencyOffset=0s",
        ];
        await using var server = await RealServer.StartAsync(program, port, arguments, Cancel);
        var url = new Uri($"http://127.0.0.1:{port}/");
        await using var room = await SeriesRoom.StartAsync(_folder, new InfluxOptions { Url = url }, Cancel);

        for (var minute = 0; minute < 100; minute++)
        {
            var reading = new Reading(new PointNumber(1), Start.AddMinutes(minute).UtcTicks, minute * 0.125);
            await room.AppendAsync(new Entry.Readings("edge b1", "", 0, Start, new[] { reading }), Cancel);
        }

        await room.ArrivedAsync(Cancel);

        using var http = new HttpClient { BaseAddress = url };
        var held = await HeldAsync(http);
        while (held.Count < 100)
        {
            // It shows a point a second or so after it took it.
            await Task.Delay(100, Cancel);
            held = await HeldAsync(http);
        }

        var expected = Enumerable.Range(0, 100)
            .Select(minute => (Start.AddMinutes(minute).ToUnixTimeMilliseconds(), minute * 0.125)).ToList();
        var toll = Toll.Of(expected, expected, held);
        ProofTable.Write("VictoriaMetrics (v2 write API)", toll, ("run", 1), ("readings", expected.Count));
        toll.RequireNone();

        // It writes as an InfluxDB does, and does not answer as one.
        using var reader = new InfluxReader(
            new InfluxOptions { Url = url }, () => "court", NullLogger<InfluxReader>.Instance);
        var asked = new OlderQuery(
            SeriesRoom.InPoint(1), Start.UtcTicks, Start.AddHours(1).UtcTicks, TimeSpan.TicksPerHour);
        Assert.Equal(OlderState.Unavailable, (await reader.ReadAsync(asked, Cancel)).State);
    }

    private static async Task<List<(long, double)>> HeldAsync(HttpClient http)
    {
        var lines = await http.GetStringAsync("api/v1/export?match[]=reading_value", Cancel);
        var held = new List<(long, double)>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var series = JsonElement.Parse(line);
            Assert.Equal("edge b1/w-1", series.GetProperty("metric").GetProperty("device").GetString());
            Assert.Equal("b1,e2=0301", series.GetProperty("metric").GetProperty("space").GetString());
            held.AddRange(series.GetProperty("timestamps").EnumerateArray().Select(time => time.GetInt64())
                .Zip(series.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())));
        }

        return held;
    }
}
