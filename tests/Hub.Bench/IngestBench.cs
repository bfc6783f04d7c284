using System.Diagnostics;
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
        if (args is ["ingest-hub", var port, var folder])
        {
            return await BenchHub.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), folder);
        }

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

    private static async Task<LoadResult> AgainstHubAsync(LoadOptions options)
    {
        using var folder = new TempFolder();
        var port = RealServer.FreePort();
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "ingest", "ingest-hub", $"{port}", folder.Path },
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            await AnswersAsync(port, process);
            return Show(await LoadRun.RunAsync("hub, every PUBACK fsynced", port, options));
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }
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

    private static async Task AnswersAsync(int port, Process process)
    {
        for (var i = 0; i < 200 && !process.HasExited; i++)
        {
            using var client = new System.Net.Sockets.TcpClient();
            try
            {
                await client.ConnectAsync(System.Net.IPAddress.Loopback, port);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException("The hub did not start.");
    }
}
