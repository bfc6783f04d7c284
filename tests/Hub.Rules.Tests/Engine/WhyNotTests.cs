using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Trials;

namespace Hub.Rules.Tests.Engine;

/// <summary>Why there was no alarm: one trial for each answer, and the sentence a butler reads.</summary>
public class WhyNotTests
{
    private const string Home = """
        trial  One home
        space  3-1201  unit vacant
        point  3-1201/water  water.volume  every 15 min

        """;

    [Fact]
    public void The_condition_was_not_met_and_by_how_much() => Expect(
        "W1", Home + """
        08:00   3-1201/water   10.000 m3
        08:15   3-1201/water   10.002 m3
        08:30   tick
        """,
        StandingKind.False, "W1: at 4 May, 08:15 it was 2 L; it takes 3 L");

    [Fact]
    public void A_run_that_is_not_long_enough_is_told_as_time() => Expect(
        "W2", Home + """
        08:00..12:15 every 15 min 3-1201/water 10.000 m3 +3 L
        12:20   tick
        """,
        StandingKind.False, "W2: at 4 May, 12:15 it was 4 hours; it takes 1 day");

    [Fact]
    public void Somebody_lived_there() => Expect(
        "W1", Home.Replace("vacant", "occupied", StringComparison.Ordinal) + """
        08:00   3-1201/water   10.000 m3
        08:15   3-1201/water   10.200 m3
        08:20   tick
        """,
        StandingKind.Occupancy, "W1 looks at vacant homes only, and somebody lived in 3-1201");

    [Fact]
    public void A_visit_was_planned() => Expect(
        "W1", Home + """
        07:00   3-1201 window 08:00 09:00
        08:00   3-1201/water   10.000 m3
        08:15   3-1201/water   10.200 m3
        08:20   tick
        """,
        StandingKind.Window, "W1: activity was expected in 3-1201 at 4 May, 08:15; a window was planned");

    [Fact]
    public void Nothing_was_known() => Expect(
        "W1", Home + """
        08:00   3-1201/water   10.000 m3
        08:15   3-1201/water   10.000 m3
        10:00   tick
        """,
        StandingKind.Gap,
        "W1: nothing is known of edge/3-1201-water since 4 May, 08:15, and what is not known is not taken for zero");

    [Fact]
    public void Nothing_has_come_yet() => Expect(
        "W1", Home + "08:00   tick", StandingKind.NoReading, "W1 has not seen a reading of edge/3-1201-water yet");

    [Fact]
    public void A_new_register_says_nothing_about_use() => Expect(
        "W1", Home + """
        08:00   3-1201/water   10.000 m3
        08:05   tick
        """,
        StandingKind.Unknown,
        "W1: the reading at 4 May, 08:00 is a first one, a new register or a suspect value; it says nothing about use");

    [Fact]
    public void What_is_usual_is_not_learnt_yet() => Expect(
        "M1", Home.Replace("vacant", "occupied", StringComparison.Ordinal) + """
        00:00..1d00:00 every 15 min 3-1201/water 10.000 m3 +1 L
        1d00:05 tick
        """,
        StandingKind.Learning, "M1 is still learning what is usual here: 1 day of 14 days");

    [Fact]
    public void The_on_delay_runs() => Expect(
        "W1", Home + """
        08:00   3-1201/water   10.000 m3
        08:15   3-1201/water   10.020 m3
        08:30   3-1201/water   10.040 m3
        08:35   tick
        """,
        StandingKind.OnDelay, "W1: true since 4 May, 08:15, for 18 minutes of the 1 hour it must last",
        rule => rule with { OnDelay = TimeSpan.FromHours(1) });

    [Fact]
    public void It_fires() => Expect(
        "W1", Home + """
        08:00   3-1201/water   10.000 m3
        08:15   3-1201/water   10.020 m3
        08:20   tick
        """,
        StandingKind.Firing, "W1 has been firing since 4 May, 08:15");

    [Fact]
    public void The_scope_leaves_the_point_out_and_the_line_is_named() => Expect(
        "W1", Home + "08:00   tick", StandingKind.Uncovered,
        "W1 does not look at edge/3-1201-water in 3-1201: the line 'buildings' of its scope leaves it out",
        rule => rule with { Scope = rule.Scope with { Buildings = ["b7"] } });

    [Fact]
    public void Silence_is_measured_against_what_is_allowed() => Expect(
        "H1", Home + """
        08:00   3-1201/water   10.000 m3
        08:32   tick
        """,
        StandingKind.False, "H1: at 4 May, 08:00 it was 30 minutes; it takes 45 minutes");

    [Fact]
    public void A_use_that_belongs_to_a_case_is_inhibited_by_it()
    {
        var standings = Standings(
            [Rule.Of("use", "W1"), Rule.Of("door", "D1"), Rule.Of("case", "X1")],
            """
            trial  Somebody is inside
            space  3-1201  unit vacant
            point  3-1201/water  water.volume  every 5 min
            point  3-1201/door   door.open
            10:00   3-1201/water   10.000 m3
            10:00   3-1201/door    open
            10:01   3-1201/door    closed
            10:05   3-1201/water   10.030 m3
            10:15   tick
            """);

        var use = Assert.Single(standings, one => one.RuleId == "use");
        Assert.Equal(StandingKind.Inhibited, use.Kind);
        Assert.Equal("case", use.Why.Arguments["other"]);
    }

    [Fact]
    public void Every_detector_that_looks_at_readings_has_an_answer_in_figures_or_in_words()
    {
        foreach (var spec in DetectorCatalogue.All)
        {
            var signal = spec.Signals.Count > 0 ? spec.Signals[0] : Signal.WaterVolume;
            var rule = Rule.Of("r", spec.Code);
            var trial = $"""
                trial  One point
                space  3-1201  unit
                point  3-1201/it  {signal}  every 15 min
                08:00   tick
                """;

            var standing = Assert.Single(Standings([rule with { Scope = RuleScope.Everywhere }], trial));

            Assert.All(Explanations.Languages, language => Assert.DoesNotContain(
                "?", Explanations.Render(standing.Why, language, TimeZoneInfo.Utc), StringComparison.Ordinal));
        }
    }

    private static void Expect(
        string detector, string trial, StandingKind kind, string sentence, Func<Rule, Rule>? with = null)
    {
        var rule = Rule.Of(detector, detector);
        var standing = Assert.Single(Standings([with?.Invoke(rule) ?? rule], trial));

        Assert.Equal(
            (kind, sentence), (standing.Kind, Explanations.Render(standing.Why, "en", TimeZoneInfo.Utc)));
    }

    private static IReadOnlyList<Standing> Standings(IReadOnlyList<Rule> rules, string text)
    {
        var pack = new RulePack("p", 1, rules);
        var read = TrialFile.Read("t", text + "\n40d00:00 tick nothing", pack);
        Assert.Equal("", read.ToString());
        var trial = read.Value!.Trials[0];
        var engine = new RulesEngine(RuleSet.From(pack));
        foreach (var change in trial.Site)
        {
            engine.Step(change);
        }

        Assert.True(engine.Probe(new PointNumber(1)));
        var steps = trial.Steps.SkipLast(1).ToList();
        foreach (var step in steps)
        {
            engine.Step(step.Entry ?? new Entry.Tick(step.At));
        }

        engine.Step(new Entry.Tick(steps[^1].At));
        return engine.Standings();
    }
}
