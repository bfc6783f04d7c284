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

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_subscriber_that_was_away_gets_what_it_missed_at_qos_2_over_a_restart_of_the_hub(string version)
    {
        var (pub, sub) = (RealServer.Find("mosquitto_pub"), RealServer.Find("mosquitto_sub"));
        string[] lasting =
        [
            "-V", version, "-c", "-i", "lasting", "-q", "2", "-t", "news/#", "-W", "20",
            .. version == "5" ? ["-x", "600"] : Array.Empty<string>(),
        ];
        await using (var hub = await RunningHub.StartAsync(_folder))
        {
            Assert.Equal(0, (await RunAsync(sub, hub.Port, [.. lasting, "-E"])).Code);
            var published = await RunAsync(
                pub, hub.Port, "-V", version, "-q", "2", "-t", "news/1", "-m", "before the restart");
            Assert.Equal((0, ""), (published.Code, published.Error));
        }

        await using var again = await RunningHub.StartAsync(_folder);
        Assert.Equal(
            0, (await RunAsync(pub, again.Port, "-V", version, "-q", "2", "-r", "-t", "news/2", "-m", "and after")).Code);
        var (code, output, error) = await RunAsync(sub, again.Port, [.. lasting, "-C", "2", "-v"]);

        Assert.Equal((0, "news/1 before the restart\nnews/2 and after\n", ""), (code, output, error));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_killed_client_leaves_its_will(string version)
    {
        var (pub, sub) = (RealServer.Find("mosquitto_pub"), RealServer.Find("mosquitto_sub"));
        await using var hub = await RunningHub.StartAsync(_folder);
        using var dying = Start(
            sub, hub.Port, "-V", version, "-i", "dying", "-t", "x", "--will-topic", "lost/dying", "--will-payload",
            "gone", "--will-qos", "2", "--will-retain");
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.SessionCount == 1));

        dying.Kill();
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.RetainedCount == 1));

        var (code, output, _) = await RunAsync(
            sub, hub.Port, "-V", version, "-q", "2", "-t", "lost/#", "-C", "1", "-v", "-W", "20");
        Assert.Equal((0, "lost/dying gone\n"), (code, output));
        Assert.Equal(0, (await RunAsync(pub, hub.Port, "-V", version, "-t", "lost/dying", "-r", "-n")).Code);
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.RetainedCount == 0));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, int port, params string[] arguments)
    {
        using var process = Start(program, port, arguments);
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output, await error);
    }

    private static Process Start(string program, int port, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, ["-h", "127.0.0.1", "-p", $"{port}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
