using System.Net;
using Hub.Gateway;
using Hub.Gateway.Storage;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Proof.Tests;

/// <summary>Whole hubs in this process, one after the other on one MQTT port, so that a real edge finds each.</summary>
internal sealed class HubInProcess : IDisposable
{
    private const string Site = """
        site: { id: court, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: b1, kind: facility, name: "pumps" }
        commissioning:
          - { device: "edge-b1/*", space: b1, auto: true }
        """;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public int Port { get; } = FreePorts.Next();

    public string SiteFile => _folder["site.yaml"];

    /// <summary>A place beside the hubs' folders.</summary>
    public string this[string name] => _folder[name];

    /// <param name="data">Its data folder's name.</param>
    /// <param name="with">Its rooms' options.</param>
    /// <param name="attach">The site's own broker, if it is to be a client there and nothing else.</param>
    public async Task<WebApplication> StartAsync(
        string data, Action<IServiceCollection> with, AttachOptions? attach = null)
    {
        await File.WriteAllTextAsync(SiteFile, Site, Cancel);
        Directory.CreateDirectory(_folder[data]);
        var options = new HubOptions
        {
            DataFolder = _folder[data],
            SiteFile = SiteFile,
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Mqtt = new IPEndPoint(IPAddress.Loopback, Port),
            AllowAnonymousLoopback = true,
            Attach = attach,
        };
        var hub = HubHost.Build(options, TimeProvider.System, builder =>
        {
            builder.Logging.ClearProviders();
            with(builder.Services);
        });
        await using (var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(Cancel))
        {
            StorageSetup.CreateTables(db);
        }

        await hub.StartAsync(Cancel);
        return hub;
    }

    public static async Task StopAsync(WebApplication hub)
    {
        await hub.StopAsync(Cancel);
        await hub.DisposeAsync();
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
