namespace Hub.Proof.Tests;

/// <summary>
/// The goal: what was acknowledged survives kill -9, once (G1), and each press has one effect (G2). The method: the real
/// program, twice side by side, under a full window of publishes, killed again and again at instants drawn from a seed,
/// and the client's own ledger held against what the hub gives out at the end.
/// </summary>
public class PowerCutTests
{
    private const int Hubs = 2;
    private static readonly int Kills = Extent.Of("BUILDINGHUB_KILLS", 5);
    private const int Devices = 4;
    private const int Seed = 5341;

    /// <summary>A kill at this many acknowledgements a second counts as one under load.</summary>
    private const int FastPerSecond = 5_000;

    [Fact]
    public Task Everything_acknowledged_is_there_once_after_every_kill_and_each_press_made_one_order() =>
        // Side by side, because a hub that starts keeps one core busy and the load keeps the other waiting.
        Task.WhenAll(Enumerable.Range(Seed, Hubs).Select(KillAsync));

    private static async Task KillAsync(int seed)
    {
        var (random, fast) = (new Random(seed), 0);
        await using var load = new HubUnderLoad(await TestHub.StartAsync(), Devices, TestContext.Current.CancellationToken);
        for (var kill = 0; kill < Kills; kill++)
        {
            load.Press();
            load.Press();
            fast += await load.IsFastAsync(FastPerSecond, TimeSpan.FromMilliseconds(random.Next(50, 350))) ? 1 : 0;
            await load.Hub.Process.KillAsync();
            await load.Hub.RestartAsync();
        }

        var toll = await load.JudgeAsync();
        ProofTable.Write(
            "kill -9 under load", toll, ("kills", Kills), ($"of them at {FastPerSecond:N0} msg/s or more", fast),
            ("readings", load.Acknowledged), ("presses", load.Presses));
        toll.RequireNone();
    }
}
