using System.Globalization;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// The goal: whatever fails, whenever, what an edge was told is kept comes to the journal once, has its one effect, and
/// reaches the history and InfluxDB (G1 to G5, G9). The method: the real rooms on simulated disks and a simulated network,
/// moved by hand on one thread, everything drawn from a seed; see README.md.
/// </summary>
[Collection(nameof(World))]
public class SimulationTests
{
    /// <summary>So many seeds, from 1 on, or from BUILDINGHUB_SEED_FROM.</summary>
    private static readonly int Seeds = Number("BUILDINGHUB_SEEDS", 20);
    private static readonly int From = Number("BUILDINGHUB_SEED_FROM", 1);

    /// <summary>Seeds that found something once; what, is in the commits.</summary>
    private static readonly int[] Kept = [9, 40];

    [Fact]
    public void Whatever_fails_what_was_kept_is_there_once_everywhere()
    {
        var (readings, orders, starts, faults) = (0L, 0L, 0L, 0L);
        foreach (var seed in Kept.Concat(Enumerable.Range(From, Seeds)).Distinct())
        {
            using var world = new World(seed);
            var verdict = Verdict.Of(world.Run());
            Assert.True(verdict.Faults.Count == 0, $"Seed {seed}: {string.Join("\n", verdict.Faults.Take(5))}\n{Told(world)}");
            (readings, orders) = (readings + verdict.Readings, orders + verdict.Orders);
            (starts, faults) = (starts + world.Hub.Starts, faults + world.Faults.Values.Sum());
        }

        ProofTable.Write(
            "simulation", $"{Seeds} seeds from {From}, {faults} faults, {starts} starts, {readings} readings, {orders} orders", 0, 0);
    }

    [Fact]
    public void A_seed_is_the_same_world_every_time()
    {
        Assert.Equal(Fingerprint(7), Fingerprint(7));
        Assert.NotEqual(Fingerprint(7), Fingerprint(8));
    }

    private static string Fingerprint(int seed)
    {
        using var world = new World(seed).Run();
        return $"{world.Now:O} {world.Hub.Disk.Operations} {world.Hub.Acknowledged} {world.Influx.Requests} {Told(world)}";
    }

    private static string Told(World world) =>
        string.Join(", ", world.Faults.OrderBy(fault => fault.Key, StringComparer.Ordinal).Select(fault => $"{fault.Key} {fault.Value} times"));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
