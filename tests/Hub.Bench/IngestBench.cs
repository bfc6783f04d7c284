using System.Globalization;

namespace Hub.Bench;

/// <summary>
/// The hub, fsynced, beside Mosquitto without and with persistence, in the same minutes on the same machine, by the same
/// client. Arguments: --clients 100 --window 20 --seconds 10 --warm-up 3 --records 1; with --rate N or --rate half the
/// acknowledgement's tail at so many messages a second, or at half of what it has just reached (--window 1 spreads them).
/// </summary>
internal static class IngestBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = LoadOptions.Parse(args);
        var rate = Array.IndexOf(args, "--rate") is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        if (rate is not null)
        {
            var perSecond = rate == "half"
                ? (int)((await AgainstHubAsync(options)).PerSecond / 2)
                : int.Parse(rate, CultureInfo.InvariantCulture);
            return Figure.Show(await PacedBench.MeasureAsync(options with { PerSecond = perSecond }));
        }

        var (hub, ratio) = await CompareAsync(options);
        if (options.Records > 1)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"readings a second: {hub.PerSecond * options.Records:N0}"));
        }

        return ratio > 1 ? 0 : 1;
    }

    /// <summary>What the hub reached, and how many times Mosquitto's figure, storing nothing, that is.</summary>
    public static async Task<(LoadResult Hub, double Ratio)> CompareAsync(LoadOptions options)
    {
        Console.WriteLine($"QoS 1, {options.Clients} clients × window {options.Window}, {options.Records} record(s) a message");
        var hub = await AgainstHubAsync(options);
        var plain = await AgainstMosquittoAsync("Mosquitto, storing nothing", isPersistent: false, options);
        var stored = await AgainstMosquittoAsync("Mosquitto, persistence on (no fsync)", isPersistent: true, options);
        var ratio = hub.PerSecond / plain.PerSecond;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"hub / Mosquitto: {ratio:N2} × storing nothing, {hub.PerSecond / stored.PerSecond:N2} × with persistence"));
        return (hub, ratio);
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
