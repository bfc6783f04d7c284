using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Hub.Testing;

namespace Hub.Proof.Tests.Edge;

/// <summary>
/// The goal: a press that the screen has taken is at the hub, once, however often the edge's power is cut, and the edge
/// always starts (G3). The method: the edge's program behind a line that is there half of the time, killed again and
/// again at instants drawn from a seed; the presses that the page took are held against what the hub gives out. Two
/// edges side by side.
/// </summary>
public sealed partial class EdgeKillTests
{
    private const int Edges = 2;

    private static readonly int Kills = Extent.Of("BUILDINGHUB_EDGE_KILLS", 2);
    private static readonly TimeSpan Bounce = TimeSpan.FromMilliseconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_press_that_the_screen_has_taken_is_at_the_hub_once_after_every_kill_of_the_edge()
    {
        await using var hub = await TestHub.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, Edges).Select(number => KillAsync(hub, number)));
    }

    private static async Task KillAsync(TestHub hub, int number)
    {
        using var folder = new TempFolder();
        await using var line = new FaultProxy(hub.MqttPort);
        using var page = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var random = new Random(Extent.SeedFrom + number);
        var (device, port) = ($"button-{number}", FreePorts.Next());
        page.BaseAddress = new Uri($"http://127.0.0.1:{port}/kiosk/");
        await File.WriteAllTextAsync(folder["edge.yaml"], $$"""
            edge: button-killed-{{number}}
            hub: { host: 127.0.0.1, port: {{line.Port}}, reconnectWait: 1s }
            intervals: { health: 5s, commit: 1s }
            kiosk:
              { enabled: true, listen: "127.0.0.1:{{port}}", device: {{device}}, lobby: {{device}}, hotline: "400-1" }
            """, Cancel);
        var (taken, tried) = (0, 0);
        for (var life = 0; life < Kills / Edges; life++)
        {
            await using var edge = await StartAsync(folder);
            line.IsRefusing = random.Next(2) == 0;
            line.Reset();
            var pressing = PressAsync(page, edge.Process);
            await Task.Delay(random.Next(50, 900), Cancel);
            await edge.KillAsync();
            var (took, attempts) = await pressing;
            (taken, tried) = (taken + took, tried + attempts);
        }

        line.IsRefusing = false;
        var began = TimeProvider.System.GetUtcNow();
        await using var last = await StartAsync(folder);
        Assert.True(await PressOnceAsync(page));
        // Presses arrive in their order: when this one is there, all before it are.
        Assert.Equal(1, await CountAsync(hub, device, count => count > 0, began));
        var kept = await CountAsync(hub, device, count => count > taken) - 1;
        var toll = new Toll(Math.Max(0, taken - kept), Math.Max(0, kept - tried));
        ProofTable.Write(
            "kill -9 of the edge", toll, ("kills", Kills / Edges), ("presses taken", taken), ("tried", tried));
        toll.RequireNone();
        Assert.Equal(kept, await RepeatsAsync(hub, device, count => count >= kept));
    }

    private static Task<HubProcess> StartAsync(TempFolder folder) => HubProcess.StartAsync(
        "Hub.Edge", "run", "--config", folder["edge.yaml"], "--data", folder["data"]);

    /// <summary>Presses until the edge dies: how many it took, and how many were tried.</summary>
    private static async Task<(int Taken, int Tried)> PressAsync(HttpClient page, Process edge)
    {
        var (taken, tried) = (0, 0);
        while (!edge.HasExited)
        {
            tried++;
            taken += await PressOnceAsync(page) ? 1 : 0;
            await Task.Delay(Bounce, Cancel);
        }

        return (taken, tried);
    }

    /// <summary>False if the edge died over it: then it may have been taken or not.</summary>
    private static async Task<bool> PressOnceAsync(HttpClient page)
    {
        try
        {
            var form = Token().Match(await page.GetStringAsync("/kiosk", Cancel)).Groups[1].Value;
            using var fields = new FormUrlEncodedContent([new("token", form)]);
            using var answer = await page.PostAsync("press", fields, Cancel);
            return answer.StatusCode == HttpStatusCode.Redirect;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private static async Task<int> CountAsync(
        TestHub hub, string device, Func<int, bool> isEnough, DateTimeOffset? from = null) =>
        (await Eventually.SeeAsync(
            () => hub.ReadingsAsync(device, "button.press", Cancel, from), presses => isEnough(presses.Count))).Count;

    private static Task<int> RepeatsAsync(TestHub hub, string device, Func<int, bool> isEnough) => Eventually.SeeAsync(
        async () => (await hub.OrdersAsync(Cancel)).Where(order => order.Space == device).Sum(order => order.Repeats),
        isEnough);

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Token();
}
