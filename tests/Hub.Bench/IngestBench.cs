using System.Globalization;
using Hub.Testing;

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
        return hub.PerSecond > plain.PerSecond ? 0 : 1;
    }

    /// <summary>The whole program: while it acknowledges, its rules, history and fleet follow the journal.</summary>
    private static async Task<LoadResult> AgainstHubAsync(LoadOptions options)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder["site.yaml"], "commissioning:\n  - { device: \"load-*\", space: load-test, auto: true }\n");
        var (http, mqtt) = (RealServer.FreePort(), RealServer.FreePort());
        await using var hub = await HubProcess.StartAsync(
            "buildinghub", "hub", "run", "--data", folder["data"], "--http", $"127.0.0.1:{http}",
            "--mqtt", $"127.0.0.1:{mqtt}", "--site", folder["site.yaml"], "--allow-anonymous-loopback");
        return Show(await LoadRun.RunAsync("hub, every PUBACK fsynced", mqtt, options));
    }

    private static async Task<LoadResult> AgainstMosquittoAsync(string name, bool isPersistent, LoadOptions options)
    {
        using var folder = new TempFolder();
        var port = RealServer.FreePort();
        await File.WriteAllTextAsync(
            folder["mosquitto.conf"],
            $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            persistence {(isPersistent ? "true" : "false")}
            persistence_location {folder.Path}/
            autosave_interval 1
            log_type none
            user root
            """);
        await using var server = await RealServer.StartAsync(
            RealServer.Find("mosquitto"), port, ["-c", folder["mosquitto.conf"]], CancellationToken.None);
        return Show(await LoadRun.RunAsync(name, port, options));
    }

    private static LoadResult Show(LoadResult result)
    {
        Console.WriteLine(result);
        return result;
    }
}
