using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Testing;

namespace Hub.Proof.Tests;

/// <summary>
/// The goal: at a site's own broker the hub loses nothing that it has not stored, and a press is answered there. The
/// method: the real program without a listener, killed under load, a real Mosquitto, and a count of what was sent.
/// </summary>
public class AttachedHubTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hub_that_is_killed_under_load_has_every_reading_once_and_answers_a_press_at_the_sites_broker()
    {
        await using var site = await SiteBroker.StartAsync(Cancel);
        await using var hub = await TestHub.StartAsync(
            "--attach", string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{site.Port}"),
            "--attach-client-id", "hub", "--attach-only");
        await SubscribedAsync(hub);

        var sent = 0;
        for (var round = 0; round < 3; round++)
        {
            // What is sent while the hub is down waits at the broker; what it had taken and not stored comes again.
            for (var i = 0; i < 300; i++)
            {
                if (i == 150)
                {
                    await hub.Process.KillAsync();
                }

                sent++;
                var pack = $$"""[{"bn":"load-1/","ep":"e1","sq":{{sent}},"n":"load.count","v":{{sent}}}]""";
                await site.PublishAsync("hub/1/load-1/readings", pack, retain: false, Cancel);
            }

            await hub.RestartAsync();
        }

        await site.PublishAsync(
            "hub/1/button-1/events", """[{"n":"button.press","v":1,"id":"press-1"}]""", retain: false, Cancel);
        await site.ListenAsync(
            "hub/1/button-1/kiosk/+", text => !text.Contains("\"idle\"", StringComparison.Ordinal), Cancel);

        var kept = await hub.ReadingsAsync("load-1", "load.count", Cancel);
        var expected = Enumerable.Range(1, sent).Select(value => (double)value).ToList();
        var toll = Toll.Of(expected, expected, kept);
        ProofTable.Write("kill -9 at a site's own broker (Mosquitto)", toll, ("kills", 3), ("readings", sent), ("press", 1));
        toll.RequireNone();
        Assert.Single(await hub.OrdersAsync(Cancel));
        var link = await LinkAsync(hub);
        Assert.Equal(("Connected", 0L), (
            link.GetProperty("state").GetString(), link.GetProperty("counters").GetProperty("waiting").GetInt64()));
    }

    private static async Task SubscribedAsync(TestHub hub)
    {
        while ((await LinkAsync(hub)).GetProperty("subscribed").GetArrayLength() < 3)
        {
            await Task.Delay(50, Cancel);
        }
    }

    private static async Task<JsonElement> LinkAsync(TestHub hub) =>
        (await hub.Http.GetFromJsonAsync<JsonElement>("/api/v1/status", Cancel)).GetProperty("attach");
}
