using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Edge;
using Hub.Edge.Setup;
using Hub.Gateway;
using Hub.Gateway.Backup;
using Hub.Gateway.Ingest;
using Hub.Gateway.Storage;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Proof.Tests;

/// <summary>
/// The goal: what a hub had acknowledged and lost with its disk comes back from the edges, once. The method: a real edge
/// and whole hubs in this process; a backup is taken while readings come in, and a hub is restored from it.
/// </summary>
public sealed class ResendTests : IDisposable
{
    private const string Site = """
        site: { id: court, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: b1, kind: facility, name: "pumps" }
        commissioning:
          - { device: "edge-b1/*", space: b1, auto: true }
        """;

    private static readonly BackupKey Key = new BackupKey.KeyFile(new byte[32]);

    private readonly TempFolder _folder = new();
    private readonly int _port = RealServer.FreePort();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_hub_restored_from_a_backup_gets_what_came_after_it_from_the_edge_once()
    {
        await File.WriteAllTextAsync(_folder["site.yaml"], Site, Cancel);
        await using var edge = new EdgeHost(new EdgeOptions
        {
            Edge = "edge-b1",
            DataFolder = _folder["edge"],
            Hub = new HubEndpoint { Port = _port, ReconnectWaitMax = TimeSpan.FromMilliseconds(50) },
            IsClockTrusted = true,
        });
        var first = await StartAsync(_folder["first"]);
        await edge.StartAsync(Cancel);
        await SendAsync(edge, 1, 20);
        BackupWriter.Create(
            new BackupSource(_folder["first"], _folder["site.yaml"], null), _folder["backup"], Key, TimeProvider.System);
        await SendAsync(edge, 21, 60);
        await StopAsync(first);
        BackupReader.Restore(_folder["backup"], _folder["second"], Key, TimeProvider.System);

        var second = await StartAsync(_folder["second"]);
        await SendAsync(edge, 61, 65);
        using var http = new HttpClient { BaseAddress = new Uri(second.Urls.First()) };
        await UntilAsync(async () => (await ValuesAsync(http)).Count >= 65);
        Assert.Equal(Enumerable.Range(1, 65).Select(value => (double)value), await ValuesAsync(http));
        var losses = second.Services.GetRequiredService<LossLedger>();
        await UntilAsync(() => Task.FromResult(losses.Gaps().Count == 0));
        Assert.True(losses.Totals.Refilled >= 40);
        Assert.NotEmpty(losses.Filled("edge-b1"));
        await edge.StopAsync(Cancel);
        await StopAsync(second);
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

    private static async Task StopAsync(WebApplication hub)
    {
        await hub.StopAsync(Cancel);
        await hub.DisposeAsync();
    }

    private async Task<WebApplication> StartAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var options = new HubOptions
        {
            DataFolder = folder,
            SiteFile = _folder["site.yaml"],
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Mqtt = new IPEndPoint(IPAddress.Loopback, _port),
            AllowAnonymousLoopback = true,
        };
        var hub = HubHost.Build(options, TimeProvider.System, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new IngestOptions
            {
                CheckpointEvery = TimeSpan.FromMilliseconds(50),
                // Asked before it listens again, the edge is asked once more.
                ResendWait = TimeSpan.FromMilliseconds(200),
            });
        });
        await using (var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(Cancel))
        {
            StorageSetup.CreateTables(db);
        }

        await hub.StartAsync(Cancel);
        return hub;
    }
}
