using System.Diagnostics;
using Hub.Rules.Engine;
using Hub.Testing;

namespace Hub.Gateway.Tests.Broker;

/// <summary>Somebody else's clients, in both versions.</summary>
public sealed class MosquittoClientTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Versions => ["311", "5"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Publishes_and_subscribes(string version)
    {
        var (pub, sub) = (RealServer.Find("mosquitto_pub"), RealServer.Find("mosquitto_sub"));
        await using var hub = await RunningHub.StartAsync(_folder);
        var listening = RunAsync(
            sub, hub.Port, "-V", version, "-q", "1", "-t", "hub/1/+/readings", "-t", "kept", "-C", "2", "-v", "-W", "20");

        Assert.Equal(0, (await RunAsync(pub, hub.Port, "-V", version, "-q", "1", "-t", "kept", "-r", "-m", "still here")).Code);
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.Counters.Delivered == 1));
        var published = await RunAsync(
            pub, hub.Port, "-V", version, "-q", "1", "-i", "load-1", "-t", "hub/1/load-1/readings", "-m",
            """[{"n":"water.volume","u":"m3","v":3.5}]""");

        Assert.Equal((0, ""), (published.Code, published.Error));
        var (code, output, _) = await listening;
        Assert.Equal(0, code);
        Assert.Contains("kept still here", output);
        Assert.Contains("hub/1/load-1/readings [{\"n\":\"water.volume\"", output);
        Assert.Equal(3.5, Assert.Single((await hub.EntriesAsync()).OfType<Entry.Readings>()).Items.Span[0].Value);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, int port, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-h", "127.0.0.1", "-p", $"{port}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output, await error);
    }
}
