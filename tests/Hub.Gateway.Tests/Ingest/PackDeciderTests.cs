using System.Text;
using Hub.Gateway.Broker;
using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Tests.Journal;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Ingest;

/// <summary>The decision alone: no socket, no disk, no clock.</summary>
public class PackDeciderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly SiteSnapshot Commissioned = SiteSnapshot.Empty
        .With(new SiteChange.PointCommissioned(new Point(new PointNumber(1), "e1", "e1", Signal.WaterVolume, "s")))
        .With(new SiteChange.PointCommissioned(new Point(new PointNumber(2), "e1", "m/2", Signal.ElectricEnergy, "s")))
        .With(new SiteChange.PointCommissioned(new Point(new PointNumber(3), "e1", "e1", Signal.WaterFlow, "s")));

    private SiteSnapshot _site = Commissioned;
    private readonly PackDecider _decider = new(new IngestOptions());
    private readonly EdgeIntake _edge = new("e1", new EdgeSequences(), 100);

    [Theory]
    [InlineData("water.volume", "m3", 2, 1, 2)]
    [InlineData("water.volume", "L", 2, 1, 0.002)]
    [InlineData("e1/water.volume", "", 2, 1, 2)]
    [InlineData("m/2/electric.energy", "Wh", 1500, 2, 1.5)]
    [InlineData("e1/m/2/electric.energy", "J", 3600000, 2, 1)]
    [InlineData("water.flow", "l/s", 1, 3, 3600)]
    [InlineData("water.flow", "m3/h", 0.5, 3, 500)]
    public void Names_and_units_lead_to_the_point_and_its_unit(string name, string unit, double sent, int point, double kept)
    {
        var entries = Decide(FormattableString.Invariant($$"""[{"n":"{{name}}","u":"{{unit}}","v":{{sent}}}]"""));

        var reading = Assert.IsType<Entry.Readings>(Assert.Single(entries)).Items.Span[0];
        Assert.Equal(point, reading.Point.Value);
        Assert.Equal(kept, reading.Value, 9);
        Assert.Equal(Noon, reading.At);
    }

    [Fact]
    public void A_name_the_site_must_be_asked_about_decides_nothing()
    {
        var entries = new EntryWriter();
        var pack = """[{"n":"water.volume","v":1,"ep":"a","sq":1},{"n":"w9/water.volume","v":1}]""";
        Agree(pack);

        Assert.False(Take(pack, entries));
        Assert.Equal((0, 0L), (entries.Length, _edge.Sequences.Missing));
        _edge.Names.KeepUnknown("w9/water.volume"u8);

        Assert.True(Take(pack, entries));
        Assert.Equal((1L, 1L), (_edge.Accepted, _edge.Quarantined));
    }

    [Theory]
    [InlineData("""[{"n":"water.volume","v":-1}]""", "0 to 1000000000 is possible")]
    [InlineData("""[{"n":"water.volume","u":"kWh","v":1}]""", "can't be turned into m3")]
    [InlineData("""[{"n":"water.volume","bt":1777810300,"v":1}]""", "10 min ahead")]
    [InlineData("""[{"n":"water.volume","bt":300000000,"v":1}]""", "before 2000")]
    [InlineData("""[{"n":"water.volume","vs":"full"}]""", "has no number")]
    public void What_can_not_be_is_set_aside_with_a_sentence_that_says_why(string pack, string why)
    {
        var aside = Assert.IsType<Entry.SetAside>(Assert.Single(Decide(pack)));

        Assert.Equal(SetAsideKind.Impossible, aside.Kind);
        Assert.Contains(why, aside.Reason);
        Assert.Equal(pack, Encoding.UTF8.GetString(aside.Payload.Span));
    }

    [Theory]
    [InlineData("L", "l", true)]
    [InlineData("m3", "", true)]
    [InlineData("m3", "L", false)]
    [InlineData("L", "", false)]
    [InlineData("L", "imp", false)]
    public void Another_unit_than_the_first_is_asked_about_and_another_name_of_it_is_not(
        string first, string then, bool isTaken)
    {
        Decide($$"""[{"n":"water.volume","u":"{{first}}","v":1}]""");

        var pack = $$"""[{"n":"water.volume","u":"{{then}}","v":2,"ep":"a","sq":1},{"n":"water.flow","v":3}]""";
        var entries = Decide(pack);

        Assert.Equal(isTaken ? 2 : 1, entries.OfType<Entry.Readings>().Sum(readings => readings.Items.Length));
        var asked = entries.OfType<Entry.SetAside>().ToList();
        Assert.Equal(isTaken ? [] : [SetAsideKind.OtherUnit], asked.Select(aside => aside.Kind));
        Assert.All(asked, aside => Assert.Contains(
            $"came in {first} so far, and comes in {(then.Length > 0 ? then : "m3")} now", aside.Reason));
        Assert.Equal(0, _edge.Sequences.Missing);
    }

    [Fact]
    public void A_unit_that_somebody_has_called_a_mistake_is_refused_without_another_question()
    {
        Decide("""[{"n":"water.volume","u":"m3","v":1}]""");
        _site = _site.With(new SiteChange.UnitRefused(new PointNumber(1), "L", "engineer"));

        var aside = Assert.IsType<Entry.SetAside>(Assert.Single(Decide("""[{"n":"water.volume","u":"L","v":1000}]""")));

        Assert.Equal(SetAsideKind.Impossible, aside.Kind);
        Assert.Contains("is a mistake, as somebody said; send m3", aside.Reason);
    }

    [Fact]
    public void A_reading_just_ahead_is_taken_and_an_old_one_counted_as_late()
    {
        Decide("""[{"n":"water.volume","bt":1777810200,"v":1},{"n":"water.volume","t":-1000,"v":1}]""");

        Assert.Equal((2L, 1L, 0L), (_edge.Accepted, _edge.Late, _edge.Rejected));
    }

    [Theory]
    [InlineData("synced", 1, 0)]
    [InlineData("estimated", 0, 1)]
    [InlineData("unsynced", 0, 1)]
    public void Of_two_clocks_that_differ_by_hours_the_hub_s_is_suspect_if_the_other_is_synced(
        string clock, int accepted, int rejected)
    {
        var entries = Decide($$"""[{"n":"water.volume","bt":1777816800,"v":1,"ct":"{{clock}}"}]""");

        Assert.Equal((accepted, rejected), (_edge.Accepted, _edge.Rejected));
        Assert.All(entries.OfType<Entry.Readings>(), pack => Assert.Equal(
            (Noon.AddHours(2), Quality.Uncertain), (pack.Items.Span[0].At, pack.Items.Span[0].Quality)));
    }

    [Fact]
    public void A_hole_in_the_numbers_is_journalled_before_what_came_after_it()
    {
        Decide("""[{"n":"water.volume","bt":1777809000,"v":1,"ep":"a","sq":3}]""");
        var entries = Decide(
            """[{"n":"water.volume","bt":1777809600,"v":1,"ep":"a","sq":7},{"n":"water.volume","t":-9,"v":1}]""");

        Assert.Equal(new Entry.Lost("e1", "a", 4, 3, false, Noon.AddSeconds(-9)), entries[0]);
        Assert.IsType<Entry.Readings>(entries[1]);
        Assert.Equal(2, entries.Count);
        // A resend fills the hole and makes none.
        Assert.IsType<Entry.Readings>(Assert.Single(Decide("""[{"n":"water.volume","v":1,"ep":"a","sq":5}]""")));
    }

    [Fact]
    public void A_pack_in_a_steady_state_allocates_nothing()
    {
        var entries = new EntryWriter();
        var packs = Enumerable.Range(1, 2000).Select(i => Encoding.UTF8.GetBytes(
            $$"""[{"bn":"e1/","bt":1777809600.25,"ep":"a","sq":{{i}},"n":"water.volume","u":"L","v":{{i}}.5}]""")).ToList();
        Agree(Encoding.UTF8.GetString(packs[0]));
        _edge.Names.Use(_site, _site);
        foreach (var pack in packs.Take(1000))
        {
            entries.TruncateTo(0);
            _decider.TryDecide(_edge, _site, new IntakeMessage("e1", "t", pack), Noon, entries);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var pack in packs.Skip(1000))
        {
            entries.TruncateTo(0);
            _decider.TryDecide(_edge, _site, new IntakeMessage("e1", "t", pack), Noon, entries);
        }

        // A thousand packs; the runtime itself may allocate a little on this thread.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000);
        Assert.Equal(2000, _edge.Accepted);
    }

    private IReadOnlyList<Entry> Decide(string pack)
    {
        Agree(pack);
        var entries = new EntryWriter();
        Assert.True(Take(pack, entries));
        return new EntryReader().Read(JournalBlock.Open(SomeEntries.Block(entries, Noon), out _));
    }

    /// <summary>What the route does when the site must be asked: the unit a point is first heard in is its own.</summary>
    private void Agree(string pack)
    {
        _edge.Names.Use(_site, _site);
        foreach (var (name, unit) in _decider.NamesToAsk(_edge, _site, Encoding.UTF8.GetBytes(pack), Noon))
        {
            var (device, signal) = PointName.Of("e1", name);
            if (SentUnits.Of(Signal.Of(signal), unit) is { } sent)
            {
                _site = SitePlan.Agree(_site, Point.IdOf("e1", device, signal), sent)
                    .Aggregate(_site, (site, change) => site.With(change));
            }
        }
    }

    private bool Take(string pack, EntryWriter entries)
    {
        _edge.Names.Use(_site, _site);
        var message = new IntakeMessage("e1", "hub/1/e1/readings", Encoding.UTF8.GetBytes(pack));
        return _decider.TryDecide(_edge, _site, message, Noon, entries);
    }
}
