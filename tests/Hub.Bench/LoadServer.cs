using System.Diagnostics;
using System.Globalization;
using Hub.Testing;

namespace Hub.Bench;

/// <summary>A server under load, in a process and a folder of its own.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly IAsyncDisposable _process;
    private readonly int _processId;

    private LoadServer(TempFolder folder, IAsyncDisposable process, int processId, int port) =>
        (_folder, _process, _processId, Port) = (folder, process, processId, port);

    public int Port { get; }

    /// <summary>The hub's; 0 of another.</summary>
    public int HttpPort { get; private init; }

    /// <summary>The whole program: while it acknowledges, its rules, history and fleet follow the journal.</summary>
    public static async Task<LoadServer> HubAsync()
    {
        var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder["site.yaml"], "commissioning:\n  - { device: \"load-*\", space: load-test, auto: true }\n");
        var (http, mqtt) = (FreePorts.Next(), FreePorts.Next());
        var hub = await HubProcess.StartAsync(
            "buildinghub", "hub", "run", "--data", folder["data"], "--http", $"127.0.0.1:{http}",
            "--mqtt", $"127.0.0.1:{mqtt}", "--site", folder["site.yaml"], "--allow-anonymous-loopback");
        return new LoadServer(folder, hub, hub.Process.Id, mqtt) { HttpPort = http };
    }

    public static async Task<LoadServer> MosquittoAsync(bool isPersistent)
    {
        var folder = new TempFolder();
        var port = FreePorts.Next();
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
        var server = await RealServer.StartAsync(
            RealServer.Find("mosquitto"), port, ["-c", folder["mosquitto.conf"]], CancellationToken.None);
        return new LoadServer(folder, server, server.ProcessId, port);
    }

    /// <summary>Memory that is its alone and in use (RssAnon in proc(5)).</summary>
    public long PrivateBytes() => long.Parse(
        File.ReadLines($"/proc/{_processId}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2],
        CultureInfo.InvariantCulture) << 10;

    /// <summary>How long cores have worked for it.</summary>
    public TimeSpan CoreTime()
    {
        using var process = Process.GetProcessById(_processId);
        return process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
