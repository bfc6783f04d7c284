using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Engine;

/// <summary>
/// The goal: a wall clock that is set changes no alarm. Method: a home by the minute and a hub whose clock jumps, with
/// all default rules.
/// </summary>
public class ClockStepTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private readonly RulesEngine _engine = new(RuleSet.From(DefaultPacks.All));
    private readonly List<AlarmTransition> _said = [];
    private DateTimeOffset _now = Start;

    public ClockStepTests()
    {
        Step(new Entry.Changed(Start, new SiteChange.SpaceDefined(
            new Space("home", SpaceKind.Unit, "home", Occupancy: Occupancy.Custody, VacantSince: Start.AddDays(-3)))));
        Commission(1, Signal.WaterVolume);
        Commission(2, Signal.DoorOpen);
    }

    [Theory]
    [InlineData(480)]
    [InlineData(60)]
    [InlineData(14)]
    [InlineData(-14)]
    [InlineData(-60)]
    public void A_hub_s_clock_that_is_off_for_five_minutes_and_then_put_right_raises_nothing(int minutes)
    {
        Live(120);
        Live(5, offBy: minutes);
        Live(240);

        Assert.Empty(_said);
    }

    [Fact]
    public void Points_that_the_hub_itself_stamped_on_a_wrong_clock_are_watched_again_when_it_is_put_right()
    {
        Live(120);
        Live(5, offBy: 480, areStampedByHub: true);
        Live(30);
        Assert.Empty(_said);

        Live(1, isOpen: true);
        Live(10, isOpen: true);

        Assert.Contains(_said.OfType<AlarmTransition.Raised>(), raised => raised.Detector == "D1");
    }

    [Fact]
    public void A_checkpoint_in_the_middle_changes_nothing()
    {
        var entries = new List<Entry>();
        Live(120, into: entries);
        Live(5, offBy: 480, areStampedByHub: true, into: entries);
        Live(30, into: entries);
        Live(10, isOpen: true, into: entries);
        var whole = entries.SelectMany(_engine.Step).Select(one => one.Id).ToList();

        var other = new ClockStepTests();
        const int soFar = 260;
        var again = entries.Take(soFar).SelectMany(other._engine.Step).Select(one => one.Id).ToList();
        var snapshot = other._engine.BeginSnapshot();
        snapshot.Advance(int.MaxValue);
        var loaded = RulesEngine.Load(snapshot.Parts, RuleSet.From(DefaultPacks.All));
        again.AddRange(entries.Skip(soFar).SelectMany(loaded.Step).Select(one => one.Id));

        Assert.NotEmpty(whole);
        Assert.Equal(whole, again);
    }

    private void Live(
        int minutes, int offBy = 0, bool areStampedByHub = false, bool isOpen = false, List<Entry>? into = null)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            var hub = _now.AddMinutes(offBy);
            var at = (areStampedByHub ? hub : _now).UtcTicks;
            Take(new Entry.Readings("edge", "1", 0, hub, new[]
            {
                new Reading(new PointNumber(1), at, 10), new Reading(new PointNumber(2), at, isOpen ? 1 : 0),
            }));
            Take(new Entry.Tick(hub));
            _now = _now.AddMinutes(1);
        }

        void Take(Entry entry)
        {
            if (into is null)
            {
                Step(entry);
            }
            else
            {
                into.Add(entry);
            }
        }
    }

    private void Step(Entry entry) => _said.AddRange(_engine.Step(entry));

    private void Commission(int number, string signal) => Step(new Entry.Changed(Start, new SiteChange.PointCommissioned(
        new Point(new PointNumber(number), "edge", "dev", signal, "home", Every: TimeSpan.FromMinutes(1)))));
}
