using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Site;

public class SiteChangeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly Space Flat = new("b1-e1-0301", SpaceKind.Unit, "1 栋 1 单元 301", "b1", "b1-e1", 3);

    private static readonly Point Water = new(
        new PointNumber(7), "edge-b1", "w-0301", Signal.WaterVolume, Flat.Id,
        new Meter("S-1", 0.001, 100_000, 5), TimeSpan.FromMinutes(1));

    public static TheoryData<SiteChange> Changes =>
    [
        new SiteChange.SpaceDefined(Flat),
        new SiteChange.PointCommissioned(Water),
        new SiteChange.PointRetired(Water.Number),
        new SiteChange.OccupancyChanged(Flat.Id, Occupancy.Custody, Noon),
        new SiteChange.OccupancyChanged(Flat.Id, Occupancy.Unlet, Noon, Noon.AddDays(-7), "chief"),
        new SiteChange.WindowPlanned(new PlannedWindow(Flat.Id, Noon, Noon.AddHours(3), "viewing")),
        new SiteChange.WindowWithdrawn(new PlannedWindow(Flat.Id, Noon, Noon.AddHours(3), "viewing"), Noon.AddHours(1)),
        new SiteChange.MeterExchanged(Water.Number, Noon, 12.5, "S-2", 0),
        new SiteChange.UnitAgreed(Water.Number, new SentUnit("degF", 1 / 1.8, -32 / 1.8), "engineer"),
        new SiteChange.UnitRefused(Water.Number, "L", "engineer"),
        new SiteChange.PointCommissioned(Water with { Sent = new SentUnit("L", 0.001) }),
        new SiteChange.RulesActivated("vacant-units", 3, "id: vacant-units\n"),
    ];

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Every_change_comes_back_from_its_json_as_it_was(SiteChange change) =>
        Assert.Equal(change, SiteChangeJson.Read(SiteChangeJson.Write(change)));

    [Fact]
    public void Moving_out_makes_a_unit_vacant_since_that_day_and_moving_in_ends_it()
    {
        var site = SiteSnapshot.Empty
            .With(new SiteChange.SpaceDefined(Flat))
            .With(new SiteChange.OccupancyChanged(Flat.Id, Occupancy.Custody, Noon))
            .With(new SiteChange.OccupancyChanged(Flat.Id, Occupancy.Unlet, Noon.AddDays(3)));

        Assert.True(site.Spaces[Flat.Id].IsVacant);
        Assert.Equal(Noon, site.Spaces[Flat.Id].VacantSince);

        site = site.With(new SiteChange.OccupancyChanged(Flat.Id, Occupancy.Occupied, Noon.AddDays(9)));
        Assert.False(site.Spaces[Flat.Id].IsVacant);
        Assert.Null(site.Spaces[Flat.Id].VacantSince);
    }

    [Fact]
    public void The_ledger_may_say_since_when_a_unit_has_really_been_vacant()
    {
        var site = SiteSnapshot.Empty
            .With(new SiteChange.SpaceDefined(Flat with { Occupancy = Occupancy.Unlet, VacantSince = Noon }))
            .With(new SiteChange.OccupancyChanged(Flat.Id, Occupancy.Custody, Noon.AddDays(3), Noon.AddDays(-30)));

        Assert.Equal(Noon.AddDays(-30), site.Spaces[Flat.Id].VacantSince);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    public void A_withdrawn_window_ends_when_it_is_withdrawn_and_one_that_has_not_begun_never_does(int at, int hours)
    {
        var window = new PlannedWindow(Flat.Id, Noon, Noon.AddHours(3), "viewing");
        var site = SiteSnapshot.Empty
            .With(new SiteChange.WindowPlanned(window))
            .With(new SiteChange.WindowWithdrawn(window, Noon.AddHours(at)));

        var left = site.Windows[Flat.Id];
        Assert.Equal(hours, left.Sum(one => (one.To - one.From).TotalHours));
        Assert.Contains(window, site.WindowsWithdrawn);
    }

    [Fact]
    public void A_point_is_found_by_its_name_and_by_its_number_until_it_retires()
    {
        var site = SiteSnapshot.Empty.With(new SiteChange.PointCommissioned(Water));

        Assert.Same(Water, site.Find(new PointId("edge-b1/w-0301/water.volume")));
        Assert.Same(Water, site.Find(new PointNumber(7)));
        Assert.Null(site.With(new SiteChange.PointRetired(Water.Number)).Find(Water.Id));
        Assert.Equal(7, site.With(new SiteChange.PointRetired(Water.Number)).PointNumberLast);
    }

    [Fact]
    public void A_point_described_anew_still_comes_in_the_unit_that_was_agreed_on()
    {
        var site = SiteSnapshot.Empty
            .With(new SiteChange.PointCommissioned(Water))
            .With(new SiteChange.UnitAgreed(Water.Number, new SentUnit("L", 0.001)))
            .With(new SiteChange.UnitRefused(Water.Number, "imp", "engineer"))
            .With(new SiteChange.PointCommissioned(Water with { Every = TimeSpan.FromHours(1) }));

        var point = site.Find(Water.Number)!;
        Assert.Equal((new SentUnit("L", 0.001), "imp", TimeSpan.FromHours(1)), (point.Sent, point.RefusedUnit, point.Every));
    }

    [Fact]
    public void A_window_covers_its_first_instant_and_not_its_last()
    {
        var site = SiteSnapshot.Empty.With(
            new SiteChange.WindowPlanned(new PlannedWindow(Flat.Id, Noon, Noon.AddHours(1), "viewing")));

        Assert.NotNull(site.WindowAt(Flat.Id, Noon));
        Assert.Null(site.WindowAt(Flat.Id, Noon.AddHours(1)));
        Assert.Null(site.WindowAt("b1-e1-0302", Noon));
    }
}
