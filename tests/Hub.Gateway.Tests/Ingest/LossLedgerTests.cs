using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Tests.Journal;
using Hub.Rules.Engine;
using Hub.Rules.Readings;

namespace Hub.Gateway.Tests.Ingest;

public class LossLedgerTests
{
    private const int Seeds = 300;

    [Fact]
    public void Whatever_is_lost_sent_twice_or_late_the_ledger_names_what_a_list_of_all_numbers_names()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var ledger = new LossLedger();
            var seen = new Dictionary<(string, string), SortedSet<long>>();
            foreach (var pack in Sent(random))
            {
                ledger.Take(pack);
                if (!seen.TryGetValue((pack.Source, pack.Epoch), out var numbers))
                {
                    seen[(pack.Source, pack.Epoch)] = numbers = [];
                }

                numbers.UnionWith(Numbers(pack.Sequence, pack.Sequence + pack.Count - 1));
                if (random.Next(20) == 0)
                {
                    var again = new LossLedger();
                    again.Load(ledger.Save());
                    ledger = again;
                }
            }

            var expected = from one in seen
                           from number in Numbers(1, one.Value.Max)
                           where !one.Value.Contains(number)
                           select (one.Key.Item1, one.Key.Item2, number);
            var found = from gap in ledger.Gaps()
                        from number in Numbers(gap.From, gap.To)
                        select (gap.Edge, gap.Epoch, number);
            Assert.True(expected.Order().SequenceEqual(found.Order()), $"seed {seed}");
            Assert.All(ledger.Gaps(), gap => Assert.True(
                (gap.After is null || gap.After <= At(gap.From)) && gap.Before >= At(gap.To), $"seed {seed}: {gap}"));
        }
    }

    [Fact]
    public void A_resend_fills_a_gap_from_either_end_and_in_its_middle()
    {
        var ledger = new LossLedger();
        foreach (var (from, to) in new[] { (1, 10), (21, 30), (11, 12), (15, 16), (20, 20) })
        {
            ledger.Take(Pack("edge", "e", from, to));
        }

        Assert.Equal([(13L, 14L), (17L, 19L)], ledger.Gaps("edge").Select(gap => (gap.From, gap.To)));
        Assert.Equal([(At(1), At(21)), (At(1), At(21))], ledger.Gaps().Select(gap => (gap.After, gap.Before)).Select(
            span => (span.After!.Value, span.Before!.Value)));
        Assert.Equal((5, 0), ledger.Totals);

        // What has come is named as well, also after a restart.
        var again = new LossLedger();
        again.Load(ledger.Save());
        Assert.Equal([(11L, 12L), (15L, 16L), (20L, 20L)], again.Filled("edge").Select(gap => (gap.From, gap.To)));
    }

    [Fact]
    public void A_hub_that_had_no_ledger_begins_with_the_gaps_it_knows_of_and_no_others()
    {
        var watermarks = new SequenceWatermarks();
        watermarks.Take("edge", "old", 1, 4);
        watermarks.Take("edge", "new", 1, 4_000);
        watermarks.Take("edge", "new", 4_011, 5);
        var ledger = new LossLedger();

        ledger.Begin(watermarks);
        ledger.Take(Pack("edge", "new", 4_016, 4_020));
        ledger.Take(Pack("edge", "old", 5, 5));

        Assert.Equal(
            [new LossGap("edge", "new", 4_001, 4_010, null, null)], ledger.Gaps());
    }

    [Fact]
    public void More_gaps_than_can_be_named_are_counted()
    {
        var ledger = new LossLedger();
        for (var i = 0; i < 300; i++)
        {
            ledger.Take(Pack("edge", "e", 2 + (i * 2), 2 + (i * 2)));
        }

        Assert.Equal(300, ledger.Gaps().Sum(gap => gap.Missing) + ledger.Totals.GivenUp);
        Assert.Equal(256, ledger.Gaps().Count);
    }

    [Fact]
    public void A_journal_row_tells_the_time_of_its_first_reading()
    {
        var at = SomeEntries.Noon.AddMinutes(-3).UtcTicks;
        var readings = new[] { new Reading(new PointNumber(1), at, 2), new Reading(new PointNumber(2), at + 5, 2) };
        var block = SomeEntries.Block(
            [new Entry.Readings("edge", "e", 7, SomeEntries.Noon, readings)],
            SomeEntries.Noon);
        var taken = new List<SpentSequences>();

        new EntryReader().ReadSequences(JournalBlock.Open(block, out _), taken.Add);

        Assert.Equal([new SpentSequences("edge", "e", 7, 2, at)], taken);
    }

    [Fact]
    public void Gaps_that_were_filled_are_named_up_to_a_limit_and_counted_beyond_it()
    {
        var ledger = new LossLedger();
        ledger.Take(Pack("edge", "e", 1, 1));
        ledger.Take(Pack("edge", "e", 1_000, 1_000));
        for (var number = 2; number < 1_000; number += 2)
        {
            ledger.Take(Pack("edge", "e", number, number));
        }

        Assert.Equal(499, ledger.Totals.Refilled);
        Assert.Equal(EpochLosses.FilledMax, ledger.Filled().Count);
        Assert.Equal(998, ledger.Filled()[^1].To);
    }

    private static DateTimeOffset At(long number) => SomeEntries.Noon.AddSeconds(number);

    private static IEnumerable<long> Numbers(long from, long to)
    {
        for (var number = from; number <= to; number++)
        {
            yield return number;
        }
    }

    private static SpentSequences Pack(string edge, string epoch, long from, long to) =>
        new(edge, epoch, from, (int)(to - from + 1), At(from).UtcTicks);

    /// <summary>What arrives of some edges' packs: some never, some twice, some late.</summary>
    private static List<SpentSequences> Sent(Random random)
    {
        var arrived = new List<(int Place, SpentSequences Pack)>();
        foreach (var (edge, epoch) in new[] { ("a", "1"), ("a", "2"), ("b", "1") })
        {
            var next = 1L;
            for (var i = 0; i < 60; i++)
            {
                var pack = Pack(edge, epoch, next, next + random.Next(8));
                next += pack.Count;
                for (var copies = random.Next(4) switch { 0 => 0, 3 => 2, _ => 1 }; copies > 0; copies--)
                {
                    arrived.Add((i + (random.Next(5) == 0 ? random.Next(30) : 0), pack));
                }
            }
        }

        return [.. arrived.OrderBy(one => one.Place).Select(one => one.Pack)];
    }
}
