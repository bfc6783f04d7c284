using Hub.Rules.Packs;
using Hub.Rules.Trials;

namespace Hub.Rules.Tests.Trials;

public class TrialFileTests
{
    private static readonly RulePack Pack = new("p", 1, [Rule.Of("use", "W1"), Rule.Of("leak", "W2")]);

    private const string Good = """
        trial  Somebody draws water
        only   use
        space  3-1201  unit vacant since 2026-04-30
        point  3-1201/water  water.volume  every 15 min  pulse 1 L
        at      point          value          expect
        08:00   3-1201/water   10.000 m3      # nobody is there
        08:15   3-1201/water   10.012 m3      noticed use
        08:30   3-1201/water   10.020 m3      raised use
        08:45..15:00 every 15 min 3-1201/water 10.020 m3   cleared use, cleared use
        """;

    [Fact]
    public void A_good_trial_is_read_and_holds() => Assert.Empty(Misses(Good));

    [Fact]
    public void What_is_expected_and_not_said_is_a_miss_with_its_line_and_what_was_said() => Assert.Equal(
        "8: Somebody draws water: by 08:30 expected nothing; there was raised use at 08:30",
        Assert.Single(Misses(Good.Replace("raised use", "nothing", StringComparison.Ordinal))).ToString());

    [Fact]
    public void What_is_said_and_not_expected_is_a_miss_too() => Assert.Equal(
        "1: Somebody draws water: by 14:45 expected nothing; there was cleared use at 14:45, cleared use at 14:45",
        Assert.Single(Misses(Good.Replace("cleared use, cleared use", "", StringComparison.Ordinal))).ToString());

    [Fact]
    public void What_comes_too_early_is_a_miss_at_the_line_that_says_so() => Assert.Equal(
        [6],
        Misses(Good.Replace("# nobody is there", "noticed use", StringComparison.Ordinal)).Select(miss => miss.Line));

    [Theory]
    [InlineData(1, "trial", "it needs a name", "say in a few words")]
    [InlineData(2, "only   usr", "the pack has no such rule", "did you mean 'use'?")]
    [InlineData(3, "space  3-1201  flat", "with unit, lobby or facility")]
    [InlineData(3, "space  3-1201  lobby vacant", "only a unit can be vacant")]
    [InlineData(3, "space  3-1201  unit vacant since yesterday", "a day such as 2026-04-30")]
    [InlineData(3, "spcae  3-1201  unit vacant", "it must be 'trial', 'only', 'space'", "did you mean 'space'?")]
    [InlineData(4, "point  3-1202/water  water.volume", "no space '3-1202'", "did you mean '3-1201'?")]
    [InlineData(4, "point  water  water.volume", "written SPACE/NAME")]
    [InlineData(4, "point  3-1201/water  water.volum", "there is no such signal", "did you mean 'water.volume'?")]
    [InlineData(4, "point  3-1201/water  water.volume  evry 15 min", "did you mean 'every'?")]
    [InlineData(4, "point  3-1201/water  water.volume  every 15", "it needs a unit")]
    [InlineData(7, "08:15   3-1201/watr    10.012 m3   noticed use", "did you mean '3-1201/water'?")]
    [InlineData(7, "08:15   3-1201/water   10.012      noticed use", "it needs a unit")]
    [InlineData(7, "08:15   3-1201/water   10.012 kWh  noticed use", "its unit must be one of m3")]
    [InlineData(7, "08:15   3-1201/water   10.012 m3   notice use", "did you mean 'noticed'?")]
    [InlineData(7, "08:15   3-1201/water   10.012 m3   noticed us", "the pack has no such rule", "did you mean 'use'?")]
    [InlineData(7, "8.15    3-1201/water   10.012 m3   noticed use", "a time such as 08:30")]
    [InlineData(7, "07:15   3-1201/water   10.012 m3   noticed use", "the row before begins at 08:00", "in order")]
    [InlineData(7, "08:15   3-1201 moved", "becomes vacant or occupied", "3-1201/water")]
    [InlineData(7, "08:15   3-1201 window 12:00 10:00", "must end after it begins")]
    [InlineData(7, "08:15   edge asleep", "it is offline or online")]
    [InlineData(9, "08:45..15:00 3-1201/water 10.020 m3   cleared use", "a range says how often")]
    [InlineData(9, "15:00..08:45 every 15 min 3-1201/water 10.020 m3   cleared use", "a range goes forward")]
    [InlineData(9, "08:45 tick nothing more", "that has no place here")]
    public void A_mistake_is_said_with_its_line_and_its_cure(int line, string written, params string[] words)
    {
        var lines = Good.Split('\n');
        lines[line - 1] = written;

        var read = TrialFile.Read("p.trials", string.Join('\n', lines), Pack);

        Assert.Contains(read.Faults, fault => fault.Line == line && words.All(
            word => fault.ToString().Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void All_mistakes_come_at_once()
    {
        var read = TrialFile.Read(
            "p.trials",
            """
            08:00   3-1201/water   10.000 m3
            trial   A
            space   3-1201  unit
            point   3-1201/water  water.volum
            08:00   3-1201/water   10.000
            trial   Nothing is expected here
            space   3-1201  unit
            """, Pack);

        Assert.Equal([1, 2, 4, 5, 6], read.Faults.Select(fault => fault.Line).Distinct());
    }

    [Fact]
    public void A_range_may_not_ask_for_more_readings_than_a_file_has() => Assert.Contains(
        TrialFile.Read("p.trials", Good + "\n15:01..900d00:00 every 1 s 3-1201/water 10 m3 nothing", Pack).Faults,
        fault => fault.Limit.Contains("more than 500000 readings", StringComparison.Ordinal));

    private static IReadOnlyList<TrialMiss> Misses(string text)
    {
        var read = TrialFile.Read("p.trials", text, Pack);
        Assert.Equal("", read.ToString());
        return TrialRun.Misses(Pack, Assert.Single(read.Value!.Trials));
    }
}
