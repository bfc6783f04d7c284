using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Simulation;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Simulation;

public class SimulatedBuildingTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4711)]
    public void Its_site_file_reads_without_fault_and_declares_every_point_that_reports(int seed)
    {
        var building = new SimulatedBuilding(seed, Start, pressesPerDay: 3);

        var read = SiteFile.Read("site.yaml", building.SiteYaml);

        Assert.True(read.IsGood, read.ToString());
        Assert.Equal(("Asia/Shanghai", "400-000-0000"), (read.Value.Info.Zone.Id, read.Value.Info.Hotline));
        Assert.Equal(building.Spaces, read.Value.Spaces);
        Assert.Equal(5, read.Value.Spaces.Count(space => space.IsVacant));
        var declared = read.Value.Points.Select(point => point.Id).ToHashSet();
        Assert.All(building.StepTo(Start.AddDays(1)), sample =>
            Assert.Contains(Point.IdOf(sample.Edge, sample.Device, sample.Signal), declared));
    }

    [Fact]
    public void The_default_packs_can_see_what_they_ask_for_on_its_meters()
    {
        var site = SiteFile.Read("site.yaml", new SimulatedBuilding(7, Start).SiteYaml).Value!;

        Assert.Empty(DefaultPacks.All.SelectMany(pack => PackCheck.Against(pack, site)));
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 7)]
    [InlineData(3, 3600)]
    [InlineData(4, 86_400 / 7)]
    public void Lives_the_same_whatever_the_steps_and_faults_included(int seed, int secondsMax)
    {
        var random = new Random(seed);
        var once = new SimulatedBuilding(seed, Start, 3);
        var often = new SimulatedBuilding(seed, Start, 3);
        List<SimulatedSample> expected = [];
        List<SimulatedSample> actual = [];

        // Both stop where a fault begins or ends, and only one of them in between.
        foreach (var (hour, act) in Script())
        {
            var at = Start.AddHours(hour);
            expected.AddRange(once.StepTo(at));
            act(once, at);
            while (often.Now < at)
            {
                var next = often.Now.AddTicks(1 + (long)(random.NextDouble() * secondsMax * TimeSpan.TicksPerSecond));
                actual.AddRange(often.StepTo(next < at ? next : at));
            }

            act(often, at);
        }

        Assert.True(expected.Count > 10_000);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_same_seed_is_the_same_compound_and_another_is_another()
    {
        var first = new SimulatedBuilding(7, Start).StepTo(Start.AddHours(3));

        Assert.Equal(first, new SimulatedBuilding(7, Start).StepTo(Start.AddHours(3)));
        Assert.NotEqual(first, new SimulatedBuilding(8, Start).StepTo(Start.AddHours(3)));
    }

    [Fact]
    public void Time_never_goes_back_and_registers_never_fall()
    {
        var building = new SimulatedBuilding(7, Start);
        var day = building.StepTo(Start.AddDays(2));

        Assert.Equal(day.OrderBy(sample => sample.At), day);
        Assert.All(day, sample => Assert.True(sample.At >= Start && sample.At < Start.AddDays(2)));
        Assert.All(day.Where(IsRegister).GroupBy(sample => (sample.Edge, sample.Device, sample.Signal)), register =>
            Assert.All(register.Zip(register.Skip(1)), pair => Assert.True(pair.Second.Value >= pair.First.Value)));
        Assert.Empty(building.StepTo(Start.AddDays(1)));
    }

    [Fact]
    public void Every_value_is_possible_for_its_signal()
    {
        var day = new SimulatedBuilding(7, Start, 5).StepTo(Start.AddDays(1));

        Assert.All(day, sample => Assert.True(Signal.Of(sample.Signal).IsPossible(sample.Value), sample.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Vacant_homes_are_truly_quiet(int seed)
    {
        var building = new SimulatedBuilding(seed, Start);
        var vacant = building.Spaces.Where(space => space.IsVacant).Select(space => space.Id).ToHashSet();
        var devices = building.Devices.Where(device => vacant.Contains(device.SpaceId)).Select(device => device.DeviceId).ToHashSet();

        var day = building.StepTo(Start.AddDays(3)).Where(sample => devices.Contains($"{sample.Edge}/{sample.Device}")).ToList();

        Assert.All(Of(day, Signal.WaterFlow), sample => Assert.Equal(0, sample.Value));
        Assert.All(Of(day, Signal.DoorOpen), sample => Assert.Equal(0, sample.Value));
        Assert.All(Of(day, Signal.ElectricPower), sample => Assert.InRange(sample.Value, 1, 10));
        Assert.All(Of(day, Signal.WaterVolume).GroupBy(sample => sample.Device), register =>
            Assert.Single(register.Select(sample => sample.Value).Distinct()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(42)]
    public void Residents_live_as_people_do(int seed)
    {
        var building = new SimulatedBuilding(seed, Start);
        var homes = building.Spaces.Where(space => space.Kind == SpaceKind.Unit && !space.IsVacant).Select(space => space.Id).ToHashSet();
        var meters = building.Devices.Where(device => homes.Contains(device.SpaceId)).Select(device => device.DeviceId).ToHashSet();

        var week = building.StepTo(Start.AddDays(7)).Where(sample => meters.Contains($"{sample.Edge}/{sample.Device}")).ToList();

        Assert.All(Of(week, Signal.WaterVolume).GroupBy(sample => (sample.Edge, sample.Device)), meter =>
            Assert.InRange((meter.Last().Value - meter.First().Value) * 1000 / 7, 50, 1200));
        Assert.All(Of(week, Signal.ElectricEnergy).GroupBy(sample => (sample.Edge, sample.Device)), meter =>
            Assert.InRange((meter.Last().Value - meter.First().Value) / 7, 2, 20));

        // Nobody draws water from one to five at night, by which a leak is told from a home.
        Assert.All(Of(week, Signal.WaterFlow).Where(sample => sample.At.ToOffset(TimeSpan.FromHours(8)).Hour is >= 1 and < 5), sample =>
            Assert.Equal(0, sample.Value));
        Assert.Contains(Of(week, Signal.DoorOpen), sample => sample.Value == 1);
    }

    [Fact]
    public void Meters_report_every_minute()
    {
        var flows = Of(new SimulatedBuilding(7, Start).StepTo(Start.AddHours(2)), Signal.WaterFlow).Where(sample => sample.Device == "w-1201");

        Assert.Equal(120, flows.Count());
    }

    [Fact]
    public void Nobody_calls_unless_asked_to()
    {
        Assert.Empty(Of(new SimulatedBuilding(7, Start).StepTo(Start.AddDays(3)), Signal.ButtonPress));

        var presses = Of(new SimulatedBuilding(7, Start, pressesPerDay: 4).StepTo(Start.AddDays(3)), Signal.ButtonPress).ToList();
        Assert.InRange(presses.Count, 16, 32);
        Assert.All(presses, press => Assert.Equal(("lobby", 1.0), (press.Device, press.Value)));
    }

    private static IEnumerable<(double Hour, Action<SimulatedBuilding, DateTimeOffset> Act)> Script() =>
    [
        (1.5, (building, at) => building.Inject(new SimulatedFault.Leak("b3-e2-1201", 9), at)),
        (2.2, (building, at) => building.Inject(new SimulatedFault.Intrusion("b1-e1-0802"), at)),
        (2.5, (building, at) => building.Inject(new SimulatedFault.PumpShortCycling("pump-a"), at)),
        (3.1, (building, at) => building.Inject(new SimulatedFault.SilentDevice("edge-b1/w-0301"), at)),
        (3.6, (building, at) => building.Inject(new SimulatedFault.DriftedClock("edge-b3", TimeSpan.FromSeconds(90)), at)),
        (4.4, (building, at) => building.Heal(new SimulatedFault.Intrusion("b1-e1-0802"), at)),
        (5.0, (building, at) => building.Heal(new SimulatedFault.PumpShortCycling("pump-a"), at)),
        (5.7, (building, at) => building.Heal(1, at)),
        (9.0, (building, at) => building.Heal(new SimulatedFault.SilentDevice("edge-b1/w-0301"), at)),
        (26.0, (_, _) => { }),
    ];

    private static bool IsRegister(SimulatedSample sample) => Signal.Of(sample.Signal).Kind == SignalKind.Register;

    private static IEnumerable<SimulatedSample> Of(IEnumerable<SimulatedSample> samples, string signal) =>
        samples.Where(sample => sample.Signal == signal);
}
