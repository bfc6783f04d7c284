using Hub.Rules.Alarms;
using Hub.Rules.Detectors;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Engine;

/// <summary>Rules that fail, episodes that flap, and readings that come too late.</summary>
public class EpisodeTests
{
    private static readonly DateTimeOffset Day = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_rule_that_throws_is_stopped_where_it_failed_and_named_to_an_engineer_and_the_others_go_on()
    {
        var announcer = new Announcer();
        var judge = new Judge(announcer);
        var point = Track(1, Rule.Of("broken", "W1"), Rule.Of("sound", "W2"));
        judge.Take(point, At(0), 10);
        judge.Take(point, At(15), 10.1);

        var fault = Assert.Single(announcer.Transitions.OfType<AlarmTransition.Raised>());
        Assert.Equal(("broken", "fault", "engineer"), (fault.RuleId, fault.Detector, fault.Order!.Audience));
        Assert.Equal(
            "The rule broken failed at e/w1 in home and was stopped there: It broke.",
            Explanations.Render(fault.Why, "en", TimeZoneInfo.Utc));
        Assert.Equal([true, false], point.Watches.Select(watch => watch.IsStopped));
        Assert.Equal(2, ((Failing)point.Watches[1].Detector).Taken);

        judge.Take(point, At(30), 10.2);
        Assert.Single(announcer.Transitions);
    }

    [Fact]
    public void A_rule_that_fails_at_a_second_point_asks_for_no_second_order()
    {
        var announcer = new Announcer();
        var point = Track(2, Rule.Of("broken", "W1"));
        var judge = new Judge(announcer) { HasStopped = rule => rule == "broken" };

        judge.Take(point, At(0), 10);

        Assert.Null(Assert.IsType<AlarmTransition.Raised>(Assert.Single(announcer.Transitions)).Order);
    }

    [Fact]
    public void What_was_firing_when_its_rule_failed_ends_first()
    {
        var announcer = new Announcer();
        var judge = new Judge(announcer);
        var point = Track(1, Rule.Of("broken", "W1"));
        ((Failing)point.Watches[0].Detector).FailsFrom = 3;
        for (var i = 0; i < 3; i++)
        {
            judge.Take(point, At(15 * i), 10 + i);
        }

        Assert.Equal(
            ["Raised W1", "Cleared W1", "Raised fault"],
            announcer.Transitions.Select(one => $"{one.GetType().Name} {one.Detector}"));
        judge.End(point, point.Watches[0], At(60));
        Assert.Equal(announcer.Transitions[2].Id, Assert.IsType<AlarmTransition.Cleared>(announcer.Transitions[3]).Id);
    }

    [Fact]
    public void An_alarm_that_comes_and_goes_within_its_off_delay_is_one_with_its_count()
    {
        var engine = Engine(out var number);
        var transitions = new List<AlarmTransition>();
        var volume = 10.0;
        for (var quarter = 0; quarter < 80; quarter++)
        {
            // A draw every two hours, six of them: the off-delay is six hours.
            volume += quarter is > 0 and < 48 && quarter % 8 == 4 ? 0.01 : 0;
            transitions.AddRange(Read(engine, number, quarter * 15, volume, quarter * 15));
        }

        transitions.AddRange(engine.Step(new Entry.Tick(Day.AddHours(24))));
        Assert.Equal(["vacant|w"], transitions.OfType<AlarmTransition.Raised>().Where(one => one.Order is null)
            .Select(one => $"vacant|{one.RuleId}"));
        var cleared = transitions.OfType<AlarmTransition.Cleared>().ToList();
        Assert.All(cleared, one => Assert.Equal(5, one.Flaps));
        Assert.NotEmpty(cleared);
    }

    [Fact]
    public void A_late_reading_within_a_running_episode_is_a_note_once_and_changes_nothing()
    {
        var engine = Engine(out var number);
        var transitions = new List<AlarmTransition>();
        for (var quarter = 0; quarter < 5; quarter++)
        {
            transitions.AddRange(Read(engine, number, quarter * 15, quarter < 2 ? 10 : 10.02, quarter * 15));
        }

        var before = transitions.Count;
        transitions.AddRange(Read(engine, number, 10, 10.5, 61));
        Assert.Equal(before, transitions.Count);

        transitions.AddRange(Read(engine, number, 40, 10.019, 61));
        transitions.AddRange(Read(engine, number, 41, 10.018, 61));

        var note = Assert.IsType<AlarmTransition.Corrected>(Assert.Single(transitions.Skip(before)));
        Assert.Equal(Assert.IsType<AlarmTransition.Raised>(transitions[0]).Id, note.Id);
        Assert.Equal(
            "A late reading of e/w in home has come: 10.019 m3 at 4 May, 00:40; it was not judged",
            Explanations.Render(note.Why, "en", TimeZoneInfo.Utc));
        Assert.Equal(3, engine.Counters.Late);
    }

    /// <summary>No rule may explode in state: whatever comes, a detector keeps little, and no more than the day before.</summary>
    [Fact]
    public void No_detectors_state_grows_with_what_it_has_seen()
    {
        foreach (var spec in DetectorCatalogue.All)
        {
            var signal = spec.Signals.Count > 0 ? spec.Signals[0] : Signal.WaterVolume;
            if (DetectorMaking.Make(Rule.Of("r", spec.Code), signal) is not { } detector)
            {
                continue;
            }

            var random = new Random(1);
            for (var i = 1; i <= 5_000; i++)
            {
                detector.Take(new Sample
                {
                    From = At((i - 1) * 15),
                    At = At(i * 15),
                    Value = random.Next(0, 60),
                    Delta = random.NextDouble() / 10,
                    Step = RegisterStep.Advanced,
                    Usual = 15 * TimeSpan.TicksPerMinute,
                    Resolution = 0.001,
                    RateMax = 5,
                    IsVacant = true,
                    VacantSince = 1,
                });
            }

            var state = StateCodec.Saving([]);
            detector.Persist(state);
            Assert.True(state.Length < 8_192, $"{spec.Code} keeps {state.Length} bytes");
        }
    }

    private static RulesEngine Engine(out PointNumber number)
    {
        var engine = new RulesEngine(RuleSet.From(new RulePack("p", 1, [Rule.Of("w", "W1")])));
        var home = new Space("home", SpaceKind.Unit, "home", Occupancy: Occupancy.Custody, VacantSince: Day.AddDays(-1));
        number = new PointNumber(1);
        engine.Step(new Entry.Changed(Day, new SiteChange.SpaceDefined(home)));
        engine.Step(new Entry.Changed(Day, new SiteChange.PointCommissioned(
            new Point(number, "e", "w", Signal.WaterVolume, "home", Every: TimeSpan.FromMinutes(15)))));
        return engine;
    }

    private static List<AlarmTransition> Read(
        RulesEngine engine, PointNumber number, double minutes, double volume, double arrivedMinutes)
    {
        var arrived = Day.AddMinutes(arrivedMinutes);
        Reading[] one = [new(number, Day.AddMinutes(minutes).UtcTicks, Math.Round(volume, 6))];
        List<AlarmTransition> transitions = [.. engine.Step(new Entry.Readings("e", "", 0, arrived, one))];
        transitions.AddRange(engine.Step(new Entry.Tick(arrived.AddMinutes(3))));
        return transitions;
    }

    private static long At(double minutes) => Day.AddMinutes(minutes).UtcTicks;

    private static PointTrack Track(int number, params Rule[] rules)
    {
        var home = new Space("home", SpaceKind.Unit, "home", Occupancy: Occupancy.Custody, VacantSince: Day.AddDays(-1));
        var point = new Point(new PointNumber(number), "e", $"w{number}", Signal.WaterVolume, "home");
        var track = new PointTrack(point, new SpaceTrack(home, Day.UtcTicks), new SourceTrack("e"));
        track.Bind(
        [
            .. rules.Select((rule, i) =>
                new Watch(new BoundRule(rule, 1), new Failing { FailsFrom = i == 0 ? 1 : 99 })),
        ]);
        return track;
    }

    /// <summary>A detector that is always true, until it breaks.</summary>
    private sealed class Failing : Detector
    {
        public int FailsFrom { get; set; }

        public int Taken { get; private set; }

        public override Verdict Take(in Sample sample) => ++Taken >= FailsFrom
            ? throw new NotSupportedException("It broke.")
            : FailsFrom == 99 ? Verdict.False : Verdict.TrueSince(sample.At);

        public override void Leave(long atTicks)
        {
        }

        public override Reason Explain(in Sample sample) => new("W1", sample.At, null, "");

        public override void Persist(StateCodec state)
        {
        }
    }
}
