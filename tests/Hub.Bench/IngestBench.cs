using System.Globalization;

namespace Hub.Bench;

/// <summary>
/// The hub, fsynced, beside Mosquitto without and with persistence, in the same minutes on the same machine, by the same
/// client. Arguments: --clients 100 --window 20 --seconds 10 --warm-up 3 --records 1.
/// </summary>
public static class IngestBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = LoadOptions.Parse(args);
        Console.WriteLine($"QoS 1, {options.Clients} clients × window {options.Window}, {options.Records} record(s) a message");
        var hub = await AgainstHubAsync(options);
        var plain = await AgainstMosquittoAsync("Mosquitto, storing nothing", isPersistent: false, options);
        var stored = await AgainstMosquittoAsync("Mosquitto, persistence on (no fsync)", isPersistent: true, options);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"hub / Mosquitto: {hub.PerSecond / plain.PerSecond:N2} × storing nothing, "
            + $"{hub.PerSecond / stored.PerSecond:N2} × with persistence"));
        if (options.Records > 1)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"readings a second: {hub.PerSecond * options.Records:N0}"));
        }

        return hub.PerSecond > plain.PerSecond ? 0 : 1;
    }

    private static async Task<LoadResult> AgainstHubAsync(LoadOptions options)
    {
        await using var hub = await LoadServer.HubAsync();
        return Show(await LoadRun.RunAsync("hub, every PUBACK fsynced", hub.Port, options));
    }

    private static async Task<LoadResult> AgainstMosquittoAsync(string name, bool isPersistent, LoadOptions options)
    {
        await using var server = await LoadServer.MosquittoAsync(isPersistent);
        return Show(await LoadRun.RunAsync(name, server.Port, options));
    }

    private static LoadResult Show(LoadResult result)
    {
        Console.WriteLine(result);
        return result;
    }
}
