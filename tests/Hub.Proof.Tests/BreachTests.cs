using System.Net.Http.Json;
using System.Text.Json;

namespace Hub.Proof.Tests;

/// <summary>
/// The goal: a promise that is broken while the hub is dead is broken at its own second. The method: the real program,
/// killed at 4:59 of an order's first clock.
/// </summary>
public class BreachTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_4_59_the_breach_reads_5_00_after_the_restart()
    {
        await using var hub = await TestHub.StartAsync();
        await using (var button = new LoadClient(hub.MqttPort, "button-1"))
        {
            button.Start();
            await button.PressAsync(Cancel);
        }

        var called = TimeProvider.System.GetUtcNow().AddSeconds(-299);
        var answer = await hub.Http.PostAsJsonAsync(
            "/api/v1/orders", new { space = "button-1", kind = "request", words = "A trolley.", at = called }, Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        await hub.Process.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        await hub.RestartAsync();

        var order = await hub.Http.GetFromJsonAsync<JsonElement>(answer.Headers.Location, Cancel);
        var breach = order.GetProperty("history").EnumerateArray().First(one => one.GetProperty("what").GetString() == "breached");
        Assert.Equal(called.AddMinutes(5), breach.GetProperty("at").GetDateTimeOffset());
        Assert.True(breach.GetProperty("notedAt").GetDateTimeOffset() > called.AddMinutes(5));
    }
}
