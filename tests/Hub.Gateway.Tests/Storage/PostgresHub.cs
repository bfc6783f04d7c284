using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.Storage;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.Storage;

/// <summary>A whole hub with its tables in PostgreSQL, and one lobby whose buttons come into service by themselves.</summary>
internal static class PostgresHub
{
    private const string SiteYaml = """
        site: { id: court, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: lobby-1, kind: lobby, name: "Lobby 1" }
        commissioning:
          - { device: "button-*", space: lobby-1, auto: true }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HubOptions> OptionsAsync(TempFolder folder, PostgresServer server)
    {
        await File.WriteAllTextAsync(folder["site.yaml"], SiteYaml, Cancel);
        return new HubOptions
        {
            DataFolder = folder.Path,
            SiteFile = folder["site.yaml"],
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Mqtt = new IPEndPoint(IPAddress.Loopback, FreePorts.Next()),
            AllowAnonymousLoopback = true,
            Postgres = new PostgresOptions(server.NewPlace(), PostgresServer.Password),
        };
    }

    public static async Task<WebApplication> StartAsync(HubOptions options)
    {
        var app = HubHost.Build(options, TimeProvider.System, builder => builder.Logging.ClearProviders());
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(Cancel))
        {
            StorageSetup.CreateTables(db);
        }

        await app.StartAsync(Cancel);
        return app;
    }

    /// <summary>The open orders, as the API has them.</summary>
    public static async Task<string> OrdersAsync(HttpClient http)
    {
        var page = await http.GetFromJsonAsync<JsonElement>("/api/v1/orders", Cancel);
        return page.GetProperty("items").GetRawText();
    }
}
