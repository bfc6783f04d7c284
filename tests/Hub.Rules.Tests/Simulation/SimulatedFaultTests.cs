using Hub.Rules.Readings;
using Hub.Rules.Simulation;

namespace Hub.Rules.Tests.Simulation;

public class SimulatedFaultTests
{
    private const string Home = "b3-e2-1201";

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 16, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Begin = Start.AddHours(1);

    private readonly SimulatedBuilding _building = new(7, Start);

    [Fact]
    public void A_leak_runs_at_its_rate_until_it_is_healed()
    {
        Break(new SimulatedFault.Leak(Home, 9));

        var leaking = Live(10, "w-1201");
        Assert.Equal(0.09, Span(leaking, Signal.WaterVolume), 2);
        Assert.Equal(9, leaking.Last(sample => sample.Signal == Signal.WaterFlow).Value);

        Assert.True(_building.Heal(new SimulatedFault.Leak(Home, 9), _building.Now));
        Assert.Equal(0, Live(2, "w-1201").Last(sample => sample.Signal == Signal.WaterFlow).Value);
    }

    [Fact]
    public void A_burst_is_far_more_than_a_home_draws()
    {
        Break(new SimulatedFault.Burst(Home));

        Assert.Equal(1.5, Span(Live(1, "w-1201"), Signal.WaterVolume), 1);
    }

    [Fact]
    public void A_door_left_open_says_so_at_its_instant_and_again_when_it_is_shut()
    {
        Break(new SimulatedFault.DoorLeftOpen(Home));

        var open = Live(1, "d-1201");
        Assert.Equal((Begin, 1.0), (open[0].At, open[0].Value));
        Assert.All(open, sample => Assert.Equal(1, sample.Value));

        _building.Heal(new SimulatedFault.DoorLeftOpen(Home), _building.Now.AddSeconds(90));
        var shut = Live(1, "d-1201");
        Assert.Contains(shut, sample => sample.At == Begin.AddHours(1).AddSeconds(90) && sample.Value == 0);
        Assert.Equal(0, shut[^1].Value);
    }

    [Fact]
    public void An_intruder_opens_the_door_draws_water_and_uses_power_within_a_quarter_of_an_hour()
    {
        Break(new SimulatedFault.Intrusion(Home));

        var quarter = Live(0.25, "d-1201", "w-1201", "e-1201");

        Assert.Equal([1.0, 0.0], quarter.Where(sample => sample.Signal == Signal.DoorOpen).Select(sample => sample.Value).Take(2));
        Assert.True(Span(quarter, Signal.WaterVolume) > 0.01);
        Assert.True(quarter.Last(sample => sample.Signal == Signal.ElectricPower).Value > 1000);
        Assert.True(Span(Live(1, "e-1201"), Signal.ElectricEnergy) > 0.3);
    }

    [Fact]
    public void A_standby_load_lifts_the_lowest_power()
    {
        Break(new SimulatedFault.StandbyLoad(Home, 60));

        Assert.InRange(Live(1, "e-1201").Last(sample => sample.Signal == Signal.ElectricPower).Value, 61, 70);
    }

    [Fact]
    public void A_stuck_meter_goes_on_reporting_the_same_register_and_never_counts_what_passed()
    {
        Break(new SimulatedFault.StuckMeter("edge-b1/w-0301"));

        var stuck = Live(24, "w-0301", "edge-b1");
        Assert.Equal(0, Span(stuck, Signal.WaterVolume));
        var last = stuck.Last(sample => sample.Signal == Signal.WaterVolume).Value;

        _building.Heal(new SimulatedFault.StuckMeter("edge-b1/w-0301"), _building.Now);
        var healed = Live(24, "w-0301", "edge-b1");
        Assert.InRange(healed.First(sample => sample.Signal == Signal.WaterVolume).Value - last, 0, 0.02);
        Assert.True(Span(healed, Signal.WaterVolume) > 0.02);
    }

    [Fact]
    public void A_silent_device_says_nothing_until_it_is_healed_and_its_register_has_gone_on()
    {
        var before = Live(1, "w-1201").Last(sample => sample.Signal == Signal.WaterVolume).Value;
        _building.Inject(new SimulatedFault.SilentDevice("edge-b3/w-1201"), Begin);
        _building.Inject(new SimulatedFault.Leak(Home, 60), Begin);

        Assert.Empty(Live(3, "w-1201"));

        _building.Heal(new SimulatedFault.SilentDevice("edge-b3/w-1201"), _building.Now);
        Assert.Equal(before + 0.18, Live(0.1, "w-1201")[0].Value, 2);
    }

    [Fact]
    public void A_drifted_clock_shifts_the_times_of_its_edge_and_of_no_other()
    {
        Break(new SimulatedFault.DriftedClock("edge-b3", TimeSpan.FromMinutes(10)));

        var from = _building.Now;
        var samples = _building.StepTo(from.AddMinutes(5));

        Assert.All(samples.Where(sample => sample.Edge == "edge-b3"), sample => Assert.True(sample.At >= from.AddMinutes(10)));
        Assert.All(samples.Where(sample => sample.Edge == "edge-b1"), sample => Assert.True(sample.At < from.AddMinutes(5)));
    }

    [Fact]
    public void A_short_cycling_pump_starts_every_minute()
    {
        var usual = Starts(_building.StepTo(Begin));

        Break(new SimulatedFault.PumpShortCycling("pump-a"));
        var cycling = Starts(Live(1, "pump-a"));
        _building.Heal(new SimulatedFault.PumpShortCycling("pump-a"), _building.Now);
        var healed = Starts(Live(1, "pump-a"));

        Assert.InRange(usual, 0, 4);
        Assert.Equal(60, cycling);
        Assert.InRange(healed, 0, 4);
    }

    [Fact]
    public void The_faults_that_go_on_are_listed_in_plain_words()
    {
        Break(new SimulatedFault.Leak(Home, 9));
        var load = _building.Inject(new SimulatedFault.StandbyLoad("b1-e1-0802", 60), Begin);
        Assert.Equal(load, _building.Inject(new SimulatedFault.StandbyLoad("b1-e1-0802", 60), Begin));

        Assert.Equal(
            ["leak of 9 L/h in 3 栋 2 单元 1201", "60 W left on in 1 栋 1 单元 802"],
            _building.Active.Select(fault => fault.Name));

        Assert.True(_building.Heal(load, Begin));
        Assert.False(_building.Heal(load, Begin));
        Assert.Single(_building.Active);
    }

    [Fact]
    public void A_place_that_is_not_there_is_refused()
    {
        Assert.Throws<ArgumentException>(() => _building.Inject(new SimulatedFault.Leak("b9", 9), Begin));
        Assert.Throws<ArgumentException>(() => _building.Inject(new SimulatedFault.SilentDevice("edge-b3"), Begin));
        Assert.Throws<ArgumentException>(() =>
            _building.Inject(new SimulatedFault.DriftedClock("edge-b9", TimeSpan.Zero), Begin));
    }

    [Fact]
    public void A_fault_can_not_change_what_has_been_reported()
    {
        _building.StepTo(Begin);
        _building.Inject(new SimulatedFault.DoorLeftOpen(Home), Start);

        Assert.Equal(Begin, _building.Active[0].From);
        Assert.Equal(Begin, Live(1, "d-1201")[0].At);
    }

    private void Break(SimulatedFault fault)
    {
        _building.StepTo(Begin);
        _building.Inject(fault, Begin);
    }

    private List<SimulatedSample> Live(double hours, params string[] devices) =>
    [
        .. _building.StepTo(_building.Now.AddHours(hours))
            .Where(sample => devices.Contains(sample.Device) && (devices.Contains("edge-b1") ? sample.Edge == "edge-b1" : true)),
    ];

    private static double Span(List<SimulatedSample> samples, string signal)
    {
        var values = samples.Where(sample => sample.Signal == signal).Select(sample => sample.Value).ToList();
        return values[^1] - values[0];
    }

    private static int Starts(IReadOnlyList<SimulatedSample> samples)
    {
        var run = samples.Where(sample => sample.Signal == "facility.run").Select(sample => sample.Value).ToList();
        return run.Where((value, index) => value == 1 && (index == 0 || run[index - 1] == 0)).Count();
    }
}
