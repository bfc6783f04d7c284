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
    private RulesEngine _engine = new(Rules);
    private DateTimeOffset _now = Start;

    private static RuleSet Rules => RuleSet.From(new RulePack(
        "outages", 1, [Rule.Of("E5", "E5"), Rule.Of("H1", "H1", null, ("at-least", 600))]));

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
    public void A_checkpoint_in_the_middle_of_it_changes_nothing()
    {
        Live(0, home1: true, home2: true);
        Live(10);
        var snapshot = _engine.BeginSnapshot();
        Assert.True(snapshot.Advance(int.MaxValue));
        _engine = RulesEngine.Load(snapshot.Parts, Rules);

        Live(0, home1: false, home2: false);
        Live(30);

        Assert.Contains(_seen, line => line.EndsWith("cleared E5|b1-e1", StringComparison.Ordinal));
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

    private void Read(int number, double value) => Step(new Entry.Readings(
        "edge", "", 0, _now, new[] { new Reading(new PointNumber(number), _now.UtcTicks, value) }));

    private void Commission(int number, string space, string signal, TimeSpan? every) =>
        Step(new Entry.Changed(Start, new SiteChange.PointCommissioned(
            new Point(new PointNumber(number), "edge", $"d{number}", signal, space, null, every))));

    private void Step(Entry entry)
    {
        foreach (var transition in _engine.Step(entry))
        {
            var word = transition.GetType().Name.ToLowerInvariant();
            var isRiser = transition.Id.Value.StartsWith("E5|b1-", StringComparison.Ordinal);
            var what = isRiser ? "E5|b1-e1" : transition.SpaceId;
            var silence = transition.Detector == "H1" ? "H1 " : "";
            var order = transition is AlarmTransition.Raised raised ? raised.Order is null ? " notice" : " order" : "";
            _seen.Add($"{transition.At:HH:mm} {word} {silence}{what}{order}");
        }
    }
}
