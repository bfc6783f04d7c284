namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// The goal: at whatever call a disk fails, and however, nothing that was kept is lost or doubled, somebody is told, and
/// it goes on by itself when the disk does. The method: the same minutes of two edges and a hub again and again, with one
/// error at one call to one disk, once or staying for a while. BUILDINGHUB_DISK_ERRORS says at how many of the calls;
/// with "all" each call has every error that it can have.
/// </summary>
[Collection(nameof(World))]
public class DiskErrorTests
{
    /// <summary>Minutes with three orders and a journal that is trimmed.</summary>
    private const int Seed = 14;

    private static readonly (DiskError Error, bool Stays)[] Errors =
    [
        (DiskError.NoSpace, false), (DiskError.NoSpace, true), (DiskError.InputOutput, false),
        (DiskError.InputOutput, true), (DiskError.ReadOnly, true), (DiskError.FailedSync, false),
        (DiskError.FailedSync, true), (DiskError.Kill, false), (DiskError.PowerCut, false),
    ];

    [Theory]
    [InlineData("hub")]
    [InlineData("edge")]
    public void Whatever_call_to_its_disk_fails_nothing_is_lost_somebody_is_told_and_it_goes_on(string machine)
    {
        var calls = CallsOf(machine);
        var points = Errors.SelectMany(each => Enumerable.Range(1, calls.Where((_, call) => DiskFault.CanStrike(each.Error, (DiskCall)call)).Sum())
            .Select(at => (each.Error, each.Stays, At: at))).ToList();
        var faults = new List<string>();
        foreach (var (error, stays, at) in Extent.Some(points, Extent.Of("BUILDINGHUB_DISK_ERRORS", 8)))
        {
            var fault = new DiskFault(error, at, stays);
            using var world = new World(Seed);
            var verdict = Verdict.Of(world.RunScript(DiskOf(world, machine), fault));
            var isSilent = stays && !world.IsFaultTold;
            ProofTable.Write(
                error is DiskError.Kill or DiskError.PowerCut ? "death at a call to a disk" : "error at a call to a disk",
                verdict.Toll with { Undetected = isSilent ? 1 : 0 }, ("calls", 1), ("readings", verdict.Readings), ("orders", verdict.Orders));
            faults.AddRange(verdict.Faults
                .Concat(isSilent ? ["Nobody was told."] : []).Concat(fault.HasStruck ? [] : ["There was no such call."])
                .Select(what => $"{error}{(stays ? " staying" : "")} at call {at} of the {machine}'s disk: {what}"));
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(20)));
    }

    private static IReadOnlyList<int> CallsOf(string machine)
    {
        using var world = new World(Seed);
        return world.RunScript(DiskOf(world, machine), new DiskFault(DiskError.Kill, int.MaxValue, stays: false)).ScriptCalls;
    }

    private static SimulatedDisk DiskOf(World world, string machine) => machine == "hub" ? world.Hub.Disk : world.Edges[0].Disk;
}
