using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Broker;
using Hub.Testing;
using Hub.Transport.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.Storage;

/// <summary>Every room of a hub at once, with its tables in PostgreSQL.</summary>
public sealed class HubOnPostgresTests(PostgresServer server) : IDisposable
{
    private const string SiteYaml = """
        site: { id: court, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: lobby-1, kind: lobby, name: "Lobby 1" }
        commissioning:
          - { device: "button-*", space: lobby-1, auto: true }
        """;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_press_is_an_order_and_everything_is_known_after_a_restart()
    {
        await File.WriteAllTextAsync(_folder["site.yaml"], SiteYaml, Cancel);
        var options = new HubOptions
        {
            DataFolder = _folder.Path,
            SiteFile = _folder["site.yaml"],
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Mqtt = new IPEndPoint(IPAddress.Loopback, RealServer.FreePort()),
            AllowAnonymousLoopback = true,
            Postgres = new PostgresOptions(server.NewPlace(), PostgresServer.Password),
        };
        string? before = null;
        await using (var hub = await StartAsync(options))
        {
            using var button = await WireClient.ConnectAsync(options.Mqtt.Port, "button-1");
            await button.PublishAsync(
                "hub/1/button-1/events", """[{"n":"button.press","v":1,"id":"press-1"}]""", 1);
            await button.ReadAsync<MqttPacket.PubAck>();
            await button.SendAsync(WireClient.Publish("kept/topic", "kept", 2) with { Retain = true });
            await RunningHub.EventuallyAsync(async () => (before = await OrdersAsync(hub)).Contains("lobby-1"));
            await hub.StopAsync(Cancel);
        }

        await using var again = await StartAsync(options);
        using var client = await WireClient.ConnectAsync(options.Mqtt.Port, "reader");
        await client.SubscribeAsync("kept/#");

        Assert.Equal(before, await OrdersAsync(again));
        Assert.Equal("kept", Encoding.UTF8.GetString((await client.ReadAsync<MqttPacket.Publish>()).Payload.Span));
        Assert.False(File.Exists(_folder["hub.db"]));
        await again.StopAsync(Cancel);
    }

    private static async Task<WebApplication> StartAsync(HubOptions options)
    {
        var app = HubHost.Build(options, TimeProvider.System, builder => builder.Logging.ClearProviders());
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(Cancel))
        {
            StorageSetup.CreateTables(db);
        }

        await app.StartAsync(Cancel);
        return app;
    }

    private static async Task<string> OrdersAsync(WebApplication hub)
    {
        using var http = new HttpClient();
        var page = await http.GetFromJsonAsync<JsonElement>($"{hub.Urls.First()}/api/v1/orders", Cancel);
        return page.GetProperty("items").GetRawText();
    }
}
