using System.Net.Http.Json;
using System.Text.Json;
using Hub.Edge;
using Hub.Edge.Setup;
using Hub.Gateway.Backup;
using Hub.Gateway.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Proof.Tests;

/// <summary>
/// The goal: what a hub had acknowledged and lost with its disk comes back from the edges, once. The method: a real edge
/// and whole hubs in this process; a backup is taken while readings come in, and a hub is restored from it.
/// </summary>
public sealed class ResendTests : IDisposable
{
    private static readonly BackupKey Key = new BackupKey.KeyFile(new byte[32]);

    private readonly HubInProcess _hubs = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _hubs.Dispose();

    [Fact]
    public async Task A_hub_restored_from_a_backup_gets_what_came_after_it_from_the_edge_once()
    {
        await using var edge = new EdgeHost(new EdgeOptions
        {
            Edge = "edge-b1",
            DataFolder = _hubs["edge"],
            Hub = new HubEndpoint { Port = _hubs.Port, ReconnectWaitMax = TimeSpan.FromMilliseconds(50) },
            IsClockTrusted = true,
        });
        var first = await StartAsync("first");
        await edge.StartAsync(Cancel);
        await SendAsync(edge, 1, 20);
        BackupWriter.Create(
            new BackupSource(_hubs["first"], _hubs.SiteFile, null), _hubs["backup"], Key, TimeProvider.System);
        await SendAsync(edge, 21, 60);
        await HubInProcess.StopAsync(first);
        BackupReader.Restore(_hubs["backup"], _hubs["second"], Key, TimeProvider.System);

        var second = await StartAsync("second");
        await SendAsync(edge, 61, 65);
        using var http = new HttpClient { BaseAddress = new Uri(second.Urls.First()) };
        await UntilAsync(async () => (await ValuesAsync(http)).Count >= 65);
        Assert.Equal(Enumerable.Range(1, 65).Select(value => (double)value), await ValuesAsync(http));
        var losses = second.Services.GetRequiredService<LossLedger>();
        await UntilAsync(() => Task.FromResult(losses.Gaps().Count == 0));
        Assert.True(losses.Totals.Refilled >= 40);
        Assert.NotEmpty(losses.Filled("edge-b1"));
        await edge.StopAsync(Cancel);
        await HubInProcess.StopAsync(second);
    }

    private static async Task SendAsync(EdgeHost edge, int from, int to)
    {
        for (var value = from; value <= to; value++)
        {
            edge.Report("pump", "facility.level", value, TimeProvider.System.GetUtcNow());
        }

        edge.CommitWaiting();
        await UntilAsync(() => Task.FromResult(edge.Backlog == 0));
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var look = 0; look < 1_000; look++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(20, Cancel);
        }

        Assert.Fail("It never came to hold.");
    }

    private static async Task<List<double>> ValuesAsync(HttpClient http)
    {
        var answer = await http.GetFromJsonAsync<JsonElement>(
            "api/v1/readings?device=edge-b1/pump&signal=facility.level", Cancel);
        return
        [
            .. answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("value").GetDouble()).Order(),
        ];
    }

    private Task<WebApplication> StartAsync(string data) => _hubs.StartAsync(data, services =>
        services.AddSingleton(new IngestOptions
        {
            CheckpointEvery = TimeSpan.FromMilliseconds(50),
            // Asked before it listens again, the edge is asked once more.
            ResendWait = TimeSpan.FromMilliseconds(200),
        }));
}
