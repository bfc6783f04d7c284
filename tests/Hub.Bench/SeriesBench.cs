using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Hub.Gateway;
using Hub.Gateway.Journal;
using Hub.Gateway.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Bench;

/// <summary>
/// A backlog to a real InfluxDB 1.x, every write of it fsynced: <c>series [READINGS]</c>. Beside it, in turns, a bare
/// loader that has the very same lines ready in memory and does nothing but send them.
/// </summary>
internal static class SeriesBench
{
    private const int Points = 1_000;
    private const int RowReadings = 1_000;
    private const int Rounds = 7;
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var readings = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        using var folder = new TempFolder();
        await using var influx = new InfluxServer(folder);
        await influx.StartAsync(CancellationToken.None);
        using var journal = JournalLog.Open(
            folder["journal.db"], new JournalOptions(), TimeProvider.System, NullLogger<JournalLog>.Instance, _ => { });
        await FillAsync(journal, readings / RowReadings);
        var (hub, bare) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await BareAsync(influx, $"bare{round}", readings));
            hub.Add(await HubAsync(influx, $"hub{round}", journal, folder[$"series{round}.db"], readings));
            Console.WriteLine(
                $"{readings:N0} readings of {Points:N0} points: the hub's backlog {hub[^1]:N0} a second, a bare loader "
                + $"{bare[^1]:N0}: {hub[^1] / bare[^1]:N2} x");
        }

        var ratio = hub.Zip(bare, (one, other) => one / other).Order().ElementAt(Rounds / 2);
        Console.WriteLine($"median {ratio:N2} x; 10,000 points by the minute are 167 a second: drained at "
            + $"{hub.Order().ElementAt(Rounds / 2) * 60 / 10_000:N0} x that rate");
        return 0;
    }

    private static async Task FillAsync(JournalLog journal, int rows)
    {
        for (var point = 1; point <= Points; point++)
        {
            var change = new SiteChange.PointCommissioned(Meter(point));
            await journal.AppendAsync(new Entry.Changed(Start, change), CancellationToken.None);
        }

        for (var row = 0; row < rows; row++)
        {
            var items = new Reading[RowReadings];
            for (var i = 0; i < items.Length; i++)
            {
                var reading = At((row * RowReadings) + i);
                items[i] = new Reading(new PointNumber(reading.Point), reading.At.UtcTicks, reading.Value);
            }

            await journal.AppendAsync(new Entry.Readings("edge", "", 0, Start, items), CancellationToken.None);
        }
    }

    private static async Task<double> HubAsync(
        InfluxServer influx, string database, JournalLog journal, string path, int readings)
    {
        await influx.AskPostAsync($"CREATE DATABASE {database}", CancellationToken.None);
        var options = new InfluxOptions { Url = influx.Url, Api = 1, Bucket = database };
        using var db = new SeriesDb(path);
        var (history, names, ledger) =
            (new HistoryStore(db, new HistoryOptions()), new PointNames(db), new InfluxLedger(db, options.ParkedMax));
        using var following = new HistoryFollower(
            journal, history, names, new HistoryOptions(), NullLogger<HistoryFollower>.Instance);
        await following.StartAsync(CancellationToken.None);
        await history.CaughtUpAsync(journal.Tail, CancellationToken.None);
        using var writer = new InfluxWriter(options);
        using var follower = new SeriesFollower(
            journal, history, names, ledger,
            new SeriesDelivery(writer, options, NullLogger<SeriesDelivery>.Instance), options, () => "court",
            TimeProvider.System, NullLogger<SeriesFollower>.Instance);
        var (from, core) = (Stopwatch.GetTimestamp(), Core());
        await follower.StartAsync(CancellationToken.None);
        while (ledger.Cursor < journal.Tail.Value)
        {
            await Task.Delay(5);
        }

        var rate = readings / Stopwatch.GetElapsedTime(from).TotalSeconds;
        Console.Write($"  {(Core() - core).TotalMicroseconds / readings:N2} us of a core a reading; ");
        await follower.StopAsync(CancellationToken.None);
        await following.StopAsync(CancellationToken.None);
        return rate;
    }

    private static async Task<double> BareAsync(InfluxServer influx, string database, int readings)
    {
        await influx.AskPostAsync($"CREATE DATABASE {database}", CancellationToken.None);
        var bodies = new List<byte[]>();
        var lines = new ArrayBufferWriter<byte>();
        var series = Enumerable.Range(1, Points).Select(i => InfluxLineProtocol.Series("court", Meter(i))).ToArray();
        for (var i = 0; i < readings; i++)
        {
            var (point, at, value) = At(i);
            InfluxLineProtocol.Write(
                lines, new SeriesReading(new PointNumber(point), series[point - 1], at.UtcTicks, 0, value));
            if ((i + 1) % new InfluxOptions { Url = influx.Url }.BatchReadingsMax == 0 || i == readings - 1)
            {
                bodies.Add(lines.WrittenSpan.ToArray());
                lines.ResetWrittenCount();
            }
        }

        using var http = new HttpClient { BaseAddress = influx.Url };
        var from = Stopwatch.GetTimestamp();
        foreach (var body in bodies)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            using var answer = await http.PostAsync($"write?db={database}&precision=ns", content);
            answer.EnsureSuccessStatusCode();
        }

        return readings / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    private static TimeSpan Core() => Environment.CpuUsage.TotalTime;

    private static (int Point, DateTimeOffset At, double Value) At(int i) =>
        ((i % Points) + 1, Start.AddMinutes(i / Points), Math.Round((i % Points) + (i / Points * 0.003), 3));

    private static Point Meter(int number) =>
        new(new PointNumber(number), "edge", $"w-{number:0000}", Signal.WaterVolume, $"b1-{number / 10:000}");
}
