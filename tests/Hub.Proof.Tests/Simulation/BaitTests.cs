namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// The goal: the simulation would see a bug. The method: classic bugs are put back one by one, and for each a seed is
/// found at which the verdict is not clean. Where to look first is known, and saves the time.
/// </summary>
[Collection(nameof(World))]
public class BaitTests
{
    private const int SeedsMax = 100;

    private static readonly Dictionary<Bait, int> SeenAt = new()
    {
        [Bait.AcknowledgeBeforeCommit] = 22,
        [Bait.CheckpointAheadOfItsRow] = 8,
        [Bait.DuplicateAcknowledgedAtOnce] = 45,
        [Bait.LateDataDropped] = 3,
        [Bait.OrderNotIdempotent] = 7,
        [Bait.SwallowFailedSync] = 37,
        [Bait.TrimAheadOfSlowest] = 3,
        [Bait.WallClockInTick] = 3,
    };

    public static TheoryData<string> Baits => [.. Enum.GetNames<Bait>().Where(name => name != nameof(Bait.None))];

    [Theory]
    [MemberData(nameof(Baits))]
    public void A_bug_that_is_put_back_is_seen(string name)
    {
        var bait = Enum.Parse<Bait>(name);
        foreach (var seed in Enumerable.Range(1, SeedsMax).Prepend(SeenAt.GetValueOrDefault(bait, 1)))
        {
            if (Fault(seed, bait) is { } fault)
            {
                TestContext.Current.SendDiagnosticMessage($"{bait} is seen at seed {seed}: {fault}");
                Tell(undetected: 0);
                return;
            }
        }

        Tell(undetected: 1);
        Assert.Fail($"{bait} was put back, and {SeedsMax} seeds have not seen it.");
    }

    private static void Tell(int undetected) =>
        ProofTable.Write("classic bugs put back", new Toll(0, 0, undetected), ("bugs", 1));

    private static string? Fault(int seed, Bait bait)
    {
        using var world = new World(seed, bait);
        try
        {
            return Verdict.Of(world.Run()).Faults is [var first, ..] ? first : null;
        }
        catch (Xunit.Sdk.XunitException e)
        {
            // Without a sync the journal's file is damaged, and a row that was there is none.
            return e.Message;
        }
    }
}
