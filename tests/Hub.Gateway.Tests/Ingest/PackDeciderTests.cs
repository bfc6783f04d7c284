using System.Text;
using Hub.Gateway.Broker;
using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Tests.Journal;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Ingest;

/// <summary>The decision alone: no socket, no disk, no clock.</summary>
public class PackDeciderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly SiteSnapshot Site = SiteSnapshot.Empty
        .With(new SiteChange.PointCommissioned(new Point(new PointNumber(1), "e1", "e1", Signal.WaterVolume, "s")))
        .With(new SiteChange.PointCommissioned(new Point(new PointNumber(2), "e1", "m/2", Signal.ElectricEnergy, "s")))
        .With(new SiteChange.PointCommissioned(new Point(new PointNumber(3), "e1", "e1", Signal.WaterFlow, "s")));

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

    [Fact]
    public void A_reading_just_ahead_is_taken_and_an_old_one_counted_as_late()
    {
        Decide("""[{"n":"water.volume","bt":1777810200,"v":1},{"n":"water.volume","t":-1000,"v":1}]""");

        Assert.Equal((2L, 1L, 0L), (_edge.Accepted, _edge.Late, _edge.Rejected));
    }

    [Fact]
    public void A_pack_in_a_steady_state_allocates_nothing()
    {
        var entries = new EntryWriter();
        var packs = Enumerable.Range(1, 2000).Select(i => Encoding.UTF8.GetBytes(
            $$"""[{"bn":"e1/","bt":1777809600.25,"ep":"a","sq":{{i}},"n":"water.volume","u":"L","v":{{i}}.5}]""")).ToList();
        foreach (var pack in packs.Take(1000))
        {
            entries.TruncateTo(0);
            _decider.TryDecide(_edge, Site, new IntakeMessage("e1", "t", pack), Noon, entries);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var pack in packs.Skip(1000))
        {
            entries.TruncateTo(0);
            _decider.TryDecide(_edge, Site, new IntakeMessage("e1", "t", pack), Noon, entries);
        }

        // A thousand packs; the runtime itself may allocate a little on this thread.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000);
        Assert.Equal(2000, _edge.Accepted);
    }

    private IReadOnlyList<Entry> Decide(string pack)
    {
        var entries = new EntryWriter();
        Assert.True(Take(pack, entries));
        return new EntryReader().Read(JournalBlock.Open(SomeEntries.Block(entries, Noon), out _));
    }

    private bool Take(string pack, EntryWriter entries)
    {
        _edge.Names.Use(Site, Site);
        var message = new IntakeMessage("e1", "hub/1/e1/readings", Encoding.UTF8.GetBytes(pack));
        return _decider.TryDecide(_edge, Site, message, Noon, entries);
    }
}
