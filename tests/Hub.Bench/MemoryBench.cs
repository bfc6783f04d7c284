using System.Globalization;
using System.Text;
using System.Text.Json;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Bench;

/// <summary>
/// What a whole hub has in memory with so many points: <c>memory [POINTS]</c>. 250 points an edge, each read by the
/// minute over two hours and more of event time, so that the history's open readings are at their most.
/// </summary>
internal static class MemoryBench
{
    private const int EdgePoints = 250;
    private const int Minutes = 130;

    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var points = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        await using var hub = await LoadServer.HubAsync();
        Console.WriteLine($"an empty hub: {hub.PrivateBytes() >> 20} MiB");
        using var stop = new CancellationTokenSource();
        using var client = new MqttClient(
            new MqttClientOptions { ClientId = "load-0", WindowMax = 20 }, MqttConnector.Tcp("127.0.0.1", hub.Port),
            TimeProvider.System, new Random(1));
        var running = client.RunAsync(stop.Token);
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-Minutes).ToUnixTimeSeconds();
        for (var minute = 0; minute < Minutes; minute++)
        {
            var flying = Enumerable.Range(0, points / EdgePoints).Select(edge => client.PublishAsync(
                Topics.Readings($"load-{edge}"), Pack(start + (minute * 60), edge, minute), false, stop.Token));
            await Task.WhenAll(flying);
            if (minute is 0 or 30 or 60 or Minutes - 1)
            {
                Console.WriteLine($"{points:N0} points, {minute + 1} minutes: {hub.PrivateBytes() >> 20} MiB");
            }
        }

        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{hub.HttpPort}") };
        var kept = JsonElement.Parse(await http.GetStringAsync("api/v1/points")).GetProperty("items").GetArrayLength();
        var status = JsonElement.Parse(await http.GetStringAsync("api/v1/status")).GetProperty("ingest");
        Console.WriteLine($"{kept:N0} points in service, {status.GetProperty("accepted").GetInt64():N0} readings accepted");
        await stop.CancelAsync();
        await running;
        return 0;
    }

    private static byte[] Pack(long at, int edge, int minute)
    {
        var pack = new StringBuilder($$"""[{"bn":"w-{{edge}}-","bt":{{at}},""");
        for (var i = 0; i < EdgePoints; i++)
        {
            var value = (i + (minute * 0.003)).ToString("0.000", CultureInfo.InvariantCulture);
            pack.Append(i == 0 ? "" : ",{");
            pack.Append(CultureInfo.InvariantCulture, $"\"n\":\"{i}/water.volume\",\"u\":\"m3\",\"v\":{value}}}");
        }

        return Encoding.UTF8.GetBytes(pack.Append(']').ToString());
    }
}
