using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Broker;
using Hub.Testing;
using Hub.Transport.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Storage;

/// <summary>A whole hub whose PostgreSQL goes away and comes back: one of its own, for others use the shared one.</summary>
public sealed class StorageAwayTests : IAsyncLifetime
{
    private readonly PostgresServer _server = new();
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task While_the_database_is_away_people_are_told_and_presses_have_their_effect_when_it_is_back()
    {
        var options = await PostgresHub.OptionsAsync(_folder, _server);
        await using var hub = await PostgresHub.StartAsync(options);
        using var http = new HttpClient { BaseAddress = new Uri(hub.Urls.First()) };
        using var button = await WireClient.ConnectAsync(options.Mqtt.Port, "button-1");
        await PressAsync(button, "press-1");
        await RunningHub.EventuallyAsync(async () => await CountAsync(http) == 1);
        var keeper = hub.Services.GetRequiredService<StorageKeeper>();

        await _server.StopAsync();
        await RunningHub.EventuallyAsync(() => Task.FromResult(keeper.AwaySince is not null));
        using var refused = await http.PostAsJsonAsync("/api/v1/orders/1/accept", new { }, Cancel);
        var why = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        using var list = await http.GetAsync("/api/v1/orders", Cancel);
        using var page = await http.GetAsync("/inbox", Cancel);
        using var ready = await http.GetAsync("/readyz", Cancel);
        await PressAsync(button, "press-2");

        Assert.Equal("urn:buildinghub:storage:away", why.GetProperty("type").GetString());
        Assert.All(
            [refused, list, page, ready],
            answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz", Cancel)).StatusCode);

        await _server.StartAgainAsync();
        await RunningHub.EventuallyAsync(async () => await RepeatsAsync(http) == 1);
        await RunningHub.EventuallyAsync(() => Task.FromResult(keeper.AwaySince is null));
        using var accepted = await http.PostAsJsonAsync("/api/v1/orders/1/accept", new { }, Cancel);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        await hub.StopAsync(Cancel);
    }

    private static async Task PressAsync(WireClient button, string id)
    {
        await button.PublishAsync(
            "hub/1/button-1/events", $$"""[{"n":"button.press","v":1,"id":"{{id}}"}]""", 1);
        await button.ReadAsync<MqttPacket.PubAck>();
    }

    private static async Task<int> CountAsync(HttpClient http) =>
        JsonDocument.Parse(await PostgresHub.OrdersAsync(http)).RootElement.GetArrayLength();

    private static async Task<int> RepeatsAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/api/v1/orders", Cancel);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel))
                .GetProperty("items")[0].GetProperty("repeats").GetInt32()
            : -1;
    }
}
