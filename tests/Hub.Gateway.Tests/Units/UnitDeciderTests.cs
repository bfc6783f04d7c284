using Hub.Gateway.Units;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Units;

public class UnitDeciderTests
{
    private const string Home = "b1-e1-0301";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);
    private static readonly UnitPolicy Policy = new();
    private static readonly SiteSnapshot Site = SiteSnapshot.Empty
        .With(new SiteChange.SpaceDefined(new Space(
            Home, SpaceKind.Unit, "301", Occupancy: Occupancy.Custody, VacantSince: Now.AddDays(-100))))
        .With(new SiteChange.SpaceDefined(new Space("lobby", SpaceKind.Lobby, "lobby")));

    private static readonly PlannedWindow Viewing = new(Home, Now.AddHours(1), Now.AddHours(3), "viewing");

    [Fact]
    public void Moving_in_takes_effect_from_the_day_on_which_it_happened()
    {
        var decision = UnitDecider.Move(Site, Home, Occupancy.Occupied, Now.AddDays(-2), "chief", Now, Policy);

        Assert.Equal(
            new SiteChange.OccupancyChanged(Home, Occupancy.Occupied, Now.AddDays(-2), By: "chief"),
            Assert.Single(decision.Changes));
    }

    [Fact]
    public void From_one_vacant_state_to_another_the_rules_judge_on_and_the_day_stays()
    {
        var change = Assert.Single(
            UnitDecider.Move(Site, Home, Occupancy.Unlet, Now.AddDays(-2), "chief", Now, Policy).Changes);

        Assert.Equal(Now, Assert.IsType<SiteChange.OccupancyChanged>(change).At);
        Assert.Equal(Now.AddDays(-100), Site.With(change).Spaces[Home].VacantSince);
    }

    [Theory]
    [InlineData("nowhere", Occupancy.Occupied, 0, UnitFault.UnknownUnit)]
    [InlineData("lobby", Occupancy.Occupied, 0, UnitFault.UnknownUnit)]
    [InlineData(Home, Occupancy.Custody, 0, UnitFault.AlreadySo)]
    [InlineData(Home, Occupancy.Occupied, 1, UnitFault.TimeOutOfRange)]
    [InlineData(Home, Occupancy.Occupied, -101, UnitFault.TimeOutOfRange)]
    [InlineData(Home, Occupancy.Unlet, -400, UnitFault.TimeOutOfRange)]
    public void What_can_t_be_is_refused_with_its_reason(string unit, Occupancy to, int days, UnitFault fault)
    {
        var decision = UnitDecider.Move(Site, unit, to, Now.AddDays(days), "chief", Now, Policy);

        Assert.Equal(fault, decision.Refusal?.Fault);
        Assert.Empty(decision.Changes);
    }

    [Theory]
    [InlineData(1, 3, "viewing", null)]
    [InlineData(-5, 1, "cleaning", null)]
    [InlineData(3, 1, "viewing", UnitFault.WindowOutOfRange)]
    [InlineData(-5, -1, "viewing", UnitFault.WindowOutOfRange)]
    [InlineData(1, 24 * 93, "renovation", UnitFault.WindowOutOfRange)]
    [InlineData(24 * 367, (24 * 367) + 1, "viewing", UnitFault.WindowOutOfRange)]
    [InlineData(1, 3, "visit", UnitFault.NoWindowFor)]
    [InlineData(1, 3, "party", UnitFault.NoWindowFor)]
    public void A_window_is_for_what_will_happen_in_a_vacant_unit(int from, int to, string reason, UnitFault? fault)
    {
        var window = new PlannedWindow(Home, Now.AddHours(from), Now.AddHours(to), reason);

        Assert.Equal(fault, UnitDecider.Plan(Site, window, Now, Policy).Refusal?.Fault);
    }

    [Fact]
    public void The_same_window_twice_and_one_where_people_live_are_refused()
    {
        var planned = Site.With(new SiteChange.WindowPlanned(Viewing));
        var livedIn = Site.With(new SiteChange.OccupancyChanged(Home, Occupancy.Occupied, Now));

        Assert.Equal(UnitFault.AlreadySo, UnitDecider.Plan(planned, Viewing, Now, Policy).Refusal?.Fault);
        Assert.Equal(UnitFault.NoWindowFor, UnitDecider.Plan(livedIn, Viewing, Now, Policy).Refusal?.Fault);
    }

    [Fact]
    public void Only_a_window_that_was_announced_and_is_still_to_end_is_withdrawn_and_no_order_s_visit()
    {
        var visit = Viewing with { Reason = "visit" };
        var planned = Site.With(new SiteChange.WindowPlanned(Viewing)).With(new SiteChange.WindowPlanned(visit));

        Assert.Equal(
            new SiteChange.WindowWithdrawn(Viewing, Now),
            Assert.Single(UnitDecider.Withdraw(planned, Viewing, Now).Changes));
        Assert.Equal(UnitFault.NoSuchWindow, UnitDecider.Withdraw(planned, visit, Now).Refusal?.Fault);
        Assert.Equal(UnitFault.NoSuchWindow, UnitDecider.Withdraw(Site, Viewing, Now).Refusal?.Fault);
        Assert.Equal(UnitFault.NoSuchWindow, UnitDecider.Withdraw(planned, Viewing, Viewing.To).Refusal?.Fault);
    }
}
