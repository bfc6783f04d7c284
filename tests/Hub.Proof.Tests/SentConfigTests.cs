using System.Text;
using Hub.Edge;
using Hub.Edge.Setup;
using Hub.Gateway;
using Hub.Gateway.Cli;
using Hub.Gateway.EdgeConfig;
using Hub.Proof.Tests.Edge;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Proof.Tests;

/// <summary>
/// The goal: what a person wants an edge to run with holds, or the person is told why not in the edge's own words. The
/// method: the program's own verb against a whole hub in this process with a real edge; no clock ends a wait.
/// </summary>
public sealed class SentConfigTests : IDisposable
{
    private readonly HubInProcess _hubs = new();
    private WebApplication _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _hubs.Dispose();

    [Fact]
    public async Task What_is_sent_comes_into_force_or_is_refused_in_the_edges_words_and_outlives_both()
    {
        _hub = await StartHubAsync();
        await using (var edge = NewEdge())
        {
            await edge.StartAsync(Cancel);
            await SaysAsync("reported file", ExitCode.Ok);

            var said = await SendAsync("""{"version":"1","intervals":{"health":"30s"}}""", ExitCode.Ok);
            Assert.Contains("edge-b1: in force", said, StringComparison.Ordinal);
            Assert.Equal("1", edge.Options.ConfigVersion);

            said = await SendAsync(
                """
                {"version":"2","intervals":{"health":"40s"},
                 "lines":[{"line":2,"kind":"pump"}],
                 "sensors":[{"path":"/sys/none","device":"tank"}]}
                """,
                ExitCode.CheckFailed);
            Assert.Contains("\n  config:2: lines[0].kind = 'pump'", said, StringComparison.Ordinal);
            Assert.Contains("\n  config:3: sensors[0].signal", said, StringComparison.Ordinal);
            Assert.Contains("reported 1, since ", said, StringComparison.Ordinal);
            Assert.Equal(("1", TimeSpan.FromSeconds(30)), (edge.Options.ConfigVersion, edge.Options.Intervals.Health));

            // Not sent at all: the edge would take it for what it has.
            await SendAsync("""{"version":"1","intervals":{}}""", ExitCode.CheckFailed);
            await SaysAsync("wanted   2,", ExitCode.CheckFailed);
            await edge.StopAsync(Cancel);
        }

        await SaysAsync("\"online\":false", ExitCode.CheckFailed, "--json");
        await SendAsync("""{"version":"3","intervals":{"health":"50s"}}""", ExitCode.Pending);
        await HubInProcess.StopAsync(_hub);
        _hub = await StartHubAsync();
        await SaysAsync("wanted   3,", ExitCode.Pending);
        await SaysAsync("reported 1, since ", ExitCode.Pending);

        await using (var edge = NewEdge())
        {
            await edge.StartAsync(Cancel);
            await SaysAsync("in force", ExitCode.Ok);
            Assert.Equal(("3", TimeSpan.FromSeconds(50)), (edge.Options.ConfigVersion, edge.Options.Intervals.Health));
            Assert.Contains("nothing is wanted", (await RunAsync("--clear")).Said, StringComparison.Ordinal);
            Assert.Equal("3", edge.Options.ConfigVersion);
            await edge.StopAsync(Cancel);
        }

        await HubInProcess.StopAsync(_hub);
    }

    [Fact]
    public async Task By_a_sites_own_broker_the_same_even_after_it_has_forgotten_everything()
    {
        await using var site = await SiteBroker.StartAsync(Cancel);
        _hub = await StartHubAsync(site);
        await using (var edge = NewEdge(site))
        {
            await edge.StartAsync(Cancel);
            await SaysAsync("reported file", ExitCode.Ok);
            await SendAsync("""{"version":"1","intervals":{"health":"30s"}}""", ExitCode.Ok);
            Assert.Equal("1", edge.Options.ConfigVersion);
            await edge.StopAsync(Cancel);
        }

        await SaysAsync("\"online\":false", ExitCode.Ok, "--json");
        await SendAsync("""{"version":"2","intervals":{"health":"40s"}}""", ExitCode.Pending);
        await HubInProcess.StopAsync(_hub);
        await site.KillAsync();
        await site.RestartAsync(Cancel);
        _hub = await StartHubAsync(site);
        await using (var edge = NewEdge(site))
        {
            await edge.StartAsync(Cancel);
            await SaysAsync("in force", ExitCode.Ok);
            Assert.Equal(("2", TimeSpan.FromSeconds(40)), (edge.Options.ConfigVersion, edge.Options.Intervals.Health));
            await edge.StopAsync(Cancel);
        }

        await HubInProcess.StopAsync(_hub);
    }

    private EdgeHost NewEdge(SiteBroker? site = null) => new(new EdgeOptions
    {
        Edge = "edge-b1",
        DataFolder = _hubs["edge"],
        Hub = new HubEndpoint { Port = site?.Port ?? _hubs.Port, ReconnectWaitMax = TimeSpan.FromMilliseconds(50) },
        IsClockTrusted = true,
    });

    private Task<WebApplication> StartHubAsync(SiteBroker? site = null) => _hubs.StartAsync(
        "hub", services => services.AddSingleton(new EdgeConfigOptions { Clock = new ManualTime() }),
        site is null ? null : new AttachOptions
        {
            Host = "127.0.0.1",
            Port = site.Port,
            ClientId = "hub-court",
            IsOnly = true,
            BackoffMax = TimeSpan.FromMilliseconds(200),
        });

    private async Task<string> SendAsync(string json, int code)
    {
        await File.WriteAllTextAsync(_hubs["edge-config.json"], json, Cancel);
        var (ended, said) = await RunAsync("--file", _hubs["edge-config.json"]);
        Assert.True(ended == code, $"{ended}, not {code}: {said}");
        return said;
    }

    private async Task SaysAsync(string words, int code, params string[] more)
    {
        var (ended, said) = await Eventually.SeeAsync(
            () => RunAsync(more), seen => seen.Said.Contains(words, StringComparison.Ordinal));
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Equal(code, ended);
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] more)
    {
        using var bytes = new MemoryStream();
        await using var output = new StreamWriter(bytes, new UTF8Encoding(false)) { AutoFlush = true };
        using var talk = new StringWriter();
        var code = await CommandLine.RunAsync(
            ["devices", "config", "edge-b1", "--hub", _hub.Urls.First(), .. more], output, talk, Cancel);
        return (code, Encoding.UTF8.GetString(bytes.ToArray()) + talk);
    }
}
