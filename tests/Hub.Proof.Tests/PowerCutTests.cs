using System.Diagnostics;

namespace Hub.Proof.Tests;

/// <summary>
/// The goal: what was acknowledged survives kill -9, once (G1), and each press has one effect (G2). The method: the real
/// program, twice side by side, under a full window of publishes, killed again and again at instants drawn from a seed,
/// and the client's own ledger held against what the hub gives out at the end.
/// </summary>
public class PowerCutTests
{
    private const int Hubs = 2;
    private const int Kills = 10;
    private const int Devices = 4;
    private const int Seed = 5341;

    /// <summary>A kill at this many acknowledgements a second counts as one under load.</summary>
    private const int FastPerSecond = 5_000;

    private static readonly TimeSpan FastWithinMax = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan CatchUpMax = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Everything_acknowledged_is_there_once_after_twenty_kills_and_each_press_made_one_order() =>
        // Side by side, because a hub that starts keeps one core busy and the load keeps the other waiting.
        Task.WhenAll(Enumerable.Range(Seed, Hubs).Select(KillAsync));

    private static async Task KillAsync(int seed)
    {
        var random = new Random(seed);
        await using var hub = await TestHub.StartAsync();
        var devices = Enumerable.Range(1, Devices).Select(i => new LoadClient(hub.MqttPort, $"load-{i}")).ToList();
        var buttons = Enumerable.Range(1, Kills * 2).Select(i => new LoadClient(hub.MqttPort, $"button-{i}")).ToList();
        using var until = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        devices.ForEach(device => device.Start());
        var load = devices.Select(device => device.LoadAsync(until.Token)).ToList();
        var (presses, fast) = (new List<Task>(), 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            foreach (var button in buttons.Skip(kill * 2).Take(2))
            {
                button.Start();
                presses.Add(button.PressAsync(Cancel));
            }

            fast += await IsFastAsync(devices, TimeSpan.FromMilliseconds(random.Next(50, 350))) ? 1 : 0;
            await hub.Process.KillAsync();
            await hub.RestartAsync();
        }

        await Task.WhenAll(presses);
        await until.CancelAsync();
        await Task.WhenAll(load);
        await hub.Process.KillAsync();
        await hub.RestartAsync();

        var toll = default(Toll);
        foreach (var device in devices)
        {
            toll += await device.HeldAgainstAsync(hub, Cancel);
        }

        // The rules read the journal again after each start, and a busy machine gave them no time to before.
        var orders = await hub.OrdersAsync(Cancel);
        for (var patience = Stopwatch.StartNew();
            orders.Count < buttons.Count && patience.Elapsed < CatchUpMax;
            orders = await hub.OrdersAsync(Cancel))
        {
            await Task.Delay(200, Cancel);
        }

        var expected = buttons.Select(button => (button.Edge, 0)).ToList();
        toll += Toll.Of(expected, expected, orders);
        ProofTable.Write(
            "kill -9 under load", toll, ("kills", Kills), ($"of them at {FastPerSecond:N0} msg/s or more", fast),
            ("readings", devices.Sum(device => device.Acknowledged.Count)), ("presses", presses.Count));
        toll.RequireNone();
        foreach (var client in devices.Concat(buttons))
        {
            await client.DisposeAsync();
        }
    }

    /// <summary>Loads until it is fast, for a stretch of that length; whether it has become so.</summary>
    private static async Task<bool> IsFastAsync(List<LoadClient> devices, TimeSpan stretch)
    {
        long Acknowledged() => devices.Sum(device => (long)device.Acknowledged.Count);

        var isFast = false;
        for (var patience = Stopwatch.StartNew(); !isFast && patience.Elapsed < FastWithinMax;)
        {
            var (before, from) = (Acknowledged(), Stopwatch.GetTimestamp());
            await Task.Delay(stretch, Cancel);
            isFast = Acknowledged() - before >= FastPerSecond * Stopwatch.GetElapsedTime(from).TotalSeconds;
        }

        return isFast;
    }
}
