using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Engine;

/// <summary>Supplies of one riser that are lost together are one case.</summary>
public class OutageTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private readonly List<string> _seen = [];
    private readonly List<string> _keys = [];
    private RulesEngine _engine = new(Rules);
    private DateTimeOffset _now = Start;

    private static RuleSet Rules => RuleSet.From(new RulePack(
        "outages", 1, [Rule.Of("E5", "E5"), Rule.Of("H1", "H1", null, ("at-least", 600)), Rule.Of("E2", "E2")]));

    public OutageTests()
    {
        for (var home = 1; home <= 3; home++)
        {
            var space = new Space($"home{home}", SpaceKind.Unit, $"{home}", "b1", home == 3 ? "b1-e2" : "b1-e1");
            Step(new Entry.Changed(Start, new SiteChange.SpaceDefined(space)));
            Commission(home, space.Id, Signal.SupplyLost, null);
            Commission(home + 10, space.Id, Signal.WaterVolume, TimeSpan.FromMinutes(5));
        }

        Commission(99, "home3", Signal.Temperature, null);
    }

    [Fact]
    public void Two_homes_of_one_riser_are_one_order_as_of_the_first()
    {
        Live(1, home1: true);
        Live(30, home2: true);
        Live(0, home1: false, home2: false);
        Live(30);

        Assert.Equal(
            [
                "08:03 raised E5|b1-e1 order", "08:03 raised home1 notice", "08:04 raised home2 notice",
                "08:36 cleared E5|b1-e1", "08:36 cleared home1", "08:36 cleared home2",
            ],
            _seen.Where(line => !line.Contains("H1", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Homes_of_two_risers_are_two_orders()
    {
        Live(0, home1: true, home3: true);
        Live(10);

        Assert.Equal(["08:03 raised home1 order", "08:03 raised home3 order"], _seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_falls_silent_where_the_supply_is_lost_asks_for_no_order()
    {
        Live(10);
        Live(40, home1: true, home2: true, isSilent: true);

        var silences = _seen.Where(line => line.Contains("H1", StringComparison.Ordinal)).ToList();
        Assert.Contains(silences, line => line.Contains("home1 notice", StringComparison.Ordinal));
        Assert.DoesNotContain(silences, line => line.Contains("home1 order", StringComparison.Ordinal));
        Assert.Contains(silences, line => line.Contains("home3 order", StringComparison.Ordinal));
    }

    [Fact]
    public void A_whole_source_that_falls_silent_without_supply_asks_for_no_order()
    {
        Settle("home1", 21, "edge1");
        Live(10, home1: true);
        Live(40);

        var silence = Assert.Single(_seen, line => line.Contains("H1", StringComparison.Ordinal));
        Assert.EndsWith("raised H1 home1 notice", silence, StringComparison.Ordinal);
        Assert.Equal(["H1.source.outage"], _keys.Where(key => key.StartsWith("H1", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_whole_source_that_falls_silent_with_supply_is_an_order()
    {
        Settle("home1", 21, "edge1");
        Live(10, home2: true);
        Live(40);

        Assert.Contains(_seen, line => line.EndsWith("raised H1 home1 order", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_found_missing_after_an_outage_was_the_outage_also_when_a_checkpoint_lies_between(bool isOut)
    {
        Commission(51, "home1", Signal.Temperature, null, "forwards");
        Commission(52, "home1", Signal.Humidity, null, "forwards");
        Forward(300);
        // It has kept something and tells it late: that is how it is known to forward.
        Live(15);
        Forward(1, lateMinutes: 12);
        Live(0, home1: isOut);
        Live(400);
        Live(0, home1: false);
        Restore();
        Live(30);
        Forward(5);

        Assert.Equal(
            [isOut ? "H1.missing.outage" : "H1.missing"],
            _keys.Where(key => key.StartsWith("H1", StringComparison.Ordinal)).Distinct());
        Assert.Equal(isOut, !_seen.Exists(line => line.EndsWith("raised H1 home1 order", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Power_that_is_read_while_the_supply_is_lost_is_no_use(bool isOut)
    {
        const int Meter = 31;
        Step(new Entry.Changed(Start, new SiteChange.OccupancyChanged("home1", Occupancy.Unlet, Start)));
        Commission(Meter, "home1", Signal.ElectricInterval, TimeSpan.FromMinutes(5));
        Commission(32, "home1", Signal.ElectricInterval, TimeSpan.FromMinutes(5));
        Live(10);
        Live(10, home1: isOut);
        for (var reading = 0; reading < 4; reading++)
        {
            Read(Meter, 0.5);
            Live(5);
        }

        _engine.Probe(new PointNumber(Meter));
        Read(Meter, 0.5);
        Live(5);
        var standing = _engine.Standings().Single(one => one.Detector == "E2");
        Assert.Equal(isOut ? StandingKind.Inhibited : StandingKind.Firing, standing.Kind);
        Assert.Equal(isOut ? "why.outage" : "why.firing", standing.Why.Key);
        Assert.Equal(!isOut, _keys.Contains("E2"));

        // With the supply back the same is a use again.
        Live(5, home1: false);
        for (var reading = 0; reading < 3; reading++)
        {
            Read(Meter, 0.5);
            Live(5);
        }

        Assert.Contains("E2", _keys);
    }

    [Fact]
    public void An_outage_of_the_riser_holds_back_the_homes_without_a_relay_too()
    {
        var space = new Space("home4", SpaceKind.Unit, "4", "b1", "b1-e1", Occupancy: Occupancy.Unlet, VacantSince: Start);
        Step(new Entry.Changed(Start, new SiteChange.SpaceDefined(space)));
        Commission(41, "home4", Signal.ElectricInterval, TimeSpan.FromMinutes(5));
        Live(10, home1: true, home2: true);
        for (var reading = 0; reading < 4; reading++)
        {
            Read(41, 0.5);
            Live(5);
        }

        Assert.Contains("E5.riser", _keys);
        Assert.DoesNotContain("E2", _keys);
    }

    [Fact]
    public void A_checkpoint_in_the_middle_of_it_changes_nothing()
    {
        Live(0, home1: true, home2: true);
        Live(10);
        Restore();

        Live(0, home1: false, home2: false);
        Live(30);

        Assert.Contains(_seen, line => line.EndsWith("cleared E5|b1-e1", StringComparison.Ordinal));
    }

    private void Forward(int times, int lateMinutes = 0)
    {
        for (var time = 0; time < times; time++)
        {
            var at = _now.AddMinutes(-lateMinutes).UtcTicks;
            Step(new Entry.Readings(
                "forwards", "", 0, _now,
                new[] { new Reading(new PointNumber(51), at, 20), new Reading(new PointNumber(52), at, 50) }));
            Live(5);
        }
    }

    private void Restore()
    {
        var snapshot = _engine.BeginSnapshot();
        Assert.True(snapshot.Advance(int.MaxValue));
        _engine = RulesEngine.Load(snapshot.Parts, Rules);
    }

    /// <summary>Two points of another source, which speak once.</summary>
    private void Settle(string space, int number, string source)
    {
        foreach (var one in new[] { number, number + 1 })
        {
            Commission(one, space, Signal.WaterVolume, TimeSpan.FromMinutes(5), source);
            Read(one, 10, source);
        }
    }

    private void Live(
        int minutes, bool? home1 = null, bool? home2 = null, bool? home3 = null, bool isSilent = false)
    {
        foreach (var (lost, number) in new[] { (home1, 1), (home2, 2), (home3, 3) })
        {
            if (lost is { } isLost)
            {
                Read(number, isLost ? 1 : 0);
            }
        }

        for (var minute = 0; minute < minutes; minute++)
        {
            _now = _now.AddMinutes(1);
            Read(99, 20);
            for (var home = 1; home <= 3 && !isSilent && _now.Minute % 5 == 0; home++)
            {
                Read(home + 10, 10);
            }

            Step(new Entry.Tick(_now));
        }
    }

    private void Read(int number, double value, string source = "edge") => Step(new Entry.Readings(
        source, "", 0, _now, new[] { new Reading(new PointNumber(number), _now.UtcTicks, value) }));

    private void Commission(int number, string space, string signal, TimeSpan? every, string source = "edge") =>
        Step(new Entry.Changed(Start, new SiteChange.PointCommissioned(
            new Point(new PointNumber(number), source, $"d{number}", signal, space, null, every))));

    private void Step(Entry entry)
    {
        foreach (var transition in _engine.Step(entry))
        {
            _keys.AddRange(transition is AlarmTransition.Raised said ? [said.Why.Key] : Array.Empty<string>());
            var word = transition.GetType().Name.ToLowerInvariant();
            var isRiser = transition.Id.Value.StartsWith("E5|b1-", StringComparison.Ordinal);
            var what = isRiser ? "E5|b1-e1" : transition.SpaceId;
            var silence = transition.Detector == "H1" ? "H1 " : "";
            var order = transition is AlarmTransition.Raised raised ? raised.Order is null ? " notice" : " order" : "";
            _seen.Add($"{transition.At:HH:mm} {word} {silence}{what}{order}");
        }
    }
}
