using System.Net;
using System.Net.Http.Json;
using System.Text;
using Hub.Gateway.Tests.Broker;
using Hub.Testing;
using Hub.Transport.Mqtt;
using Microsoft.AspNetCore.Builder;

namespace Hub.Gateway.Tests.Storage;

/// <summary>Every room of a hub at once, with its tables in PostgreSQL.</summary>
public sealed class HubOnPostgresTests(PostgresServer server) : IDisposable
{
    private const string Config = "/api/v1/devices/edge-b1/config";

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_press_is_an_order_and_everything_is_known_after_a_restart()
    {
        var options = await PostgresHub.OptionsAsync(_folder, server);
        string? before = null;
        await using (var hub = await PostgresHub.StartAsync(options))
        {
            using var button = await WireClient.ConnectAsync(options.Mqtt.Port, "button-1");
            await button.PublishAsync(
                "hub/1/button-1/events", """[{"n":"button.press","v":1,"id":"press-1"}]""", 1);
            await button.ReadAsync<MqttPacket.PubAck>();
            await button.SendAsync(WireClient.Publish("kept/topic", "kept", 2) with { Retain = true });
            using var http = new HttpClient { BaseAddress = new Uri(hub.Urls.First()) };
            using var sent = await http.PutAsJsonAsync(Config, new { version = "8" }, Cancel);
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
            await RunningHub.EventuallyAsync(async () => (before = await OrdersAsync(hub)).Contains("lobby-1"));
            await hub.StopAsync(Cancel);
        }

        await using var again = await PostgresHub.StartAsync(options);
        using var client = await WireClient.ConnectAsync(options.Mqtt.Port, "reader");
        await client.SubscribeAsync("kept/#");

        Assert.Equal(before, await OrdersAsync(again));
        using var asked = new HttpClient { BaseAddress = new Uri(again.Urls.First()) };
        Assert.Contains("\"wanted\":\"8\"", await asked.GetStringAsync(Config, Cancel), StringComparison.Ordinal);
        Assert.Equal("kept", Encoding.UTF8.GetString((await client.ReadAsync<MqttPacket.Publish>()).Payload.Span));
        Assert.False(File.Exists(_folder["hub.db"]));
        await again.StopAsync(Cancel);
    }

    private static async Task<string> OrdersAsync(WebApplication hub)
    {
        using var http = new HttpClient { BaseAddress = new Uri(hub.Urls.First()) };
        return await PostgresHub.OrdersAsync(http);
    }
}
