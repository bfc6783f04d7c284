using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hub.Testing;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Bench;

/// <summary>
/// How long a press takes to become an order on the butler's page: from the publish to the PUBACK (on disk), to the event
/// on the page's stream, and to the page's own cards; beside one bare commit of this disk, measured in the same run.
/// </summary>
internal static class PressBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var presses = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["site.yaml"], Site(presses + 10));
        var (http, mqtt) = (FreePorts.Next(), FreePorts.Next());
        await using var hub = await HubProcess.StartAsync(
            "buildinghub", "hub", "run", "--data", folder["data"], "--http", $"127.0.0.1:{http}", "--mqtt", $"127.0.0.1:{mqtt}",
            "--site", folder["site.yaml"], "--allow-anonymous-loopback");
        using var stop = new CancellationTokenSource();
        using var client = new MqttClient(
            new MqttClientOptions { ClientId = "bench" }, MqttConnector.Tcp("127.0.0.1", mqtt), TimeProvider.System, new Random(1));
        var running = client.RunAsync(stop.Token);
        using var pages = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        using var events = new StreamReader(await pages.GetStreamAsync("/api/v1/events", stop.Token));

        var (durable, told, shown) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < presses + 10; i++)
        {
            var pack = $$"""[{"n":"button.press","v":1,"id":"p{{i}}"}]""";
            var start = Stopwatch.GetTimestamp();
            var acknowledged = client.PublishAsync(Topics.Events($"button-{i}"), Encoding.UTF8.GetBytes(pack), false, stop.Token);
            await acknowledged;
            var ack = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            while (await events.ReadLineAsync(stop.Token) is { } line && !line.StartsWith("event: order", StringComparison.Ordinal))
            {
            }

            var event_ = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            while (!(await pages.GetStringAsync("/inbox/cards?tab=all", stop.Token)).Contains($"button-{i}<", StringComparison.Ordinal))
            {
            }

            if (i >= 10)
            {
                durable.Add(ack);
                told.Add(event_);
                shown.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        var bare = DiskCommits.Measure(folder["bare.db"], presses);
        Console.WriteLine($"press to order, {presses} presses one after the other, in ms (p50 / p99):");
        Print("one bare commit of this disk (SQLite, WAL, synchronous=FULL)", bare, bare);
        Print("acknowledged: the press is on disk", durable, bare);
        Print("told: the order is durable and on the pages' stream", told, bare);
        Print("shown: the inbox's cards, fetched again, hold it", shown, bare);
        await stop.CancelAsync();
        await running;
        return 0;
    }

    /// <summary>A lobby with a commissioned button for each press: a second press would only be a repeat.</summary>
    private static string Site(int lobbies)
    {
        var numbers = Enumerable.Range(0, lobbies).ToList();
        var spaces = numbers.Select(i => $"  - {{ id: button-{i}, kind: lobby, name: button-{i} }}");
        var edges = numbers.Select(i =>
            $"  - {{ id: button-{i}, devices: [ {{ space: button-{i}, points: [ {{ signal: button.press }} ] }} ] }}");
        return $"spaces:\n{string.Join('\n', spaces)}\nedges:\n{string.Join('\n', edges)}\n";
    }

    private static void Print(string what, List<double> times, List<double> bare)
    {
        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {Percentile(times, 50),8:F2} / {Percentile(times, 99),8:F2}   {Percentile(times, 50) / Percentile(bare, 50),6:F1} commits   {what}"));
    }

    private static double Percentile(List<double> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
}
