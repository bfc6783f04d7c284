using Hub.Rules.Simulation;

namespace Hub.Rules.Tests.Simulation;

/// <summary>The default packs over the simulated building: silence while people live, and each fault found in its time.</summary>
public class WatchedBuildingTests
{
    private const string Home = "b3-e2-1201";

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 7)]
    [InlineData(7, 21)]
    [InlineData(42, 7)]
    public void Weeks_of_ordinary_life_open_no_order(int seed, int days)
    {
        var watched = new WatchedBuilding(seed, Start);

        watched.Live(TimeSpan.FromDays(days));

        Assert.Empty(watched.Orders);
    }

    [Theory]
    [InlineData("W1", 1)]
    [InlineData("W2", 4)]
    public void A_leak_in_a_vacant_home_is_found(string detector, double withinHours) =>
        Finds(new SimulatedFault.Leak(Home, 9), detector, Home, withinHours);

    [Fact]
    public void A_burst_is_found() => Finds(new SimulatedFault.Burst(Home), "W3", Home, 0.6);

    [Fact]
    public void A_burst_where_people_live_is_found() => Finds(new SimulatedFault.Burst("b1-e1-0301"), "W3", "b1-e1-0301", 1);

    [Fact]
    public void A_leak_where_people_live_is_found() =>
        Finds(new SimulatedFault.Leak("b1-e1-0301", 6), "W2", "b1-e1-0301", 27);

    [Fact]
    public void An_open_door_is_found() => Finds(new SimulatedFault.DoorLeftOpen(Home), "D1", Home, 0.2);

    [Fact]
    public void An_intruder_is_found() => Finds(new SimulatedFault.Intrusion(Home), "X1", Home, 0.4);

    [Fact]
    public void A_load_left_on_is_found() => Finds(new SimulatedFault.StandbyLoad(Home, 60), "E1", Home, 5, days: 3);

    [Fact]
    public void A_silent_meter_is_found() =>
        Finds(new SimulatedFault.SilentDevice("edge-b3/w-1201"), "H1", Home, 0.5);

    [Fact]
    public void A_stuck_meter_is_found() =>
        Finds(new SimulatedFault.StuckMeter("edge-b1/w-0301"), "M1", "b1-e1-0301", 6 * 24, days: 15);

    [Fact]
    public void An_alarm_is_cleared_when_its_fault_is_healed()
    {
        var watched = new WatchedBuilding(7, Start);
        watched.Live(TimeSpan.FromDays(2));
        var leak = watched.Building.Inject(new SimulatedFault.Leak(Home, 9), watched.Building.Now);
        watched.Live(TimeSpan.FromHours(4));
        watched.Building.Heal(leak, watched.Building.Now);
        var raised = watched.Raised.Select(alarm => alarm.Id).ToHashSet();

        watched.Live(TimeSpan.FromHours(12));

        Assert.NotEmpty(raised);
        var cleared = watched.Seen.OfType<Hub.Rules.Alarms.AlarmTransition.Cleared>().Select(alarm => alarm.Id);
        Assert.Superset(raised, cleared.ToHashSet());
    }

    [Fact]
    public void A_pump_that_short_cycles_is_found() =>
        Finds(new SimulatedFault.PumpShortCycling("pump-a"), "F2", "pump-a", 0.5);

    private static void Finds(SimulatedFault fault, string detector, string space, double withinHours, int days = 1)
    {
        var watched = new WatchedBuilding(7, Start);
        watched.Live(TimeSpan.FromDays(days));
        Assert.Empty(watched.Orders);

        watched.Building.Inject(fault, watched.Building.Now);
        watched.Live(TimeSpan.FromHours(withinHours));

        Assert.True(
            watched.Raised.Any(raised => raised.Detector == detector && raised.SpaceId == space),
            $"{detector} was not raised, but: {string.Join('\n', watched.Raised.Select(WatchedBuilding.Say))}");
        Assert.All(watched.Raised, raised => Assert.Equal(space, raised.SpaceId));
    }
}
