using System.Globalization;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// The goal: whatever fails, whenever, what an edge was told is kept comes to the journal once, has its one effect, and
/// reaches the history and InfluxDB (G1 to G5, G9). The method: the real rooms on simulated disks and a simulated network,
/// moved by hand on one thread, everything drawn from a seed; see README.md. A seed that fails goes into seeds.txt.
/// </summary>
[Collection(nameof(World))]
public class SimulationTests
{
    /// <summary>So many seeds, from 1 on, or from BUILDINGHUB_SEED_FROM.</summary>
    private static readonly int Seeds = Extent.Of("BUILDINGHUB_SEEDS", 20);

    /// <summary>Seeds that found something once.</summary>
    private static readonly int[] Kept =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Simulation", "seeds.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)),
    ];

    [Fact]
    public void Whatever_fails_what_was_kept_is_there_once_everywhere()
    {
        foreach (var seed in Kept.Concat(Enumerable.Range(Extent.SeedFrom, Seeds)).Distinct())
        {
            using var world = new World(seed);
            var verdict = Verdict.Of(world.Run());
            ProofTable.Write(
                "simulation", verdict.Toll, ("seeds", 1), ("faults", world.Faults.Values.Sum()), ("starts of the hub", world.Hub.Starts),
                ("readings", verdict.Readings), ("orders", verdict.Orders));
            Assert.True(verdict.Faults.Count == 0, $"Seed {seed}: {string.Join("\n", verdict.Faults.Take(5))}\n{Told(world)}");
        }
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
}
