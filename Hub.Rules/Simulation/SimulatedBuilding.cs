using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Simulation;

/// <summary>
/// A compound from one seed: two buildings, fourteen homes of which five are vacant, two lobbies, a pump house. It
/// lives when it is told how late it is, the same whether it is told every second or once a day; it knows no clock.
/// Whoever uses it must not do so from two threads at once.
/// </summary>
/// <example>
/// <code>
/// var building = new SimulatedBuilding(seed: 7, start: now.AddDays(-1));
/// var history = building.StepTo(now);                       // a day at one go
/// building.Inject(new SimulatedFault.Leak("b3-e2-1201", 9), now);
/// </code>
/// </example>
public sealed class SimulatedBuilding
{
    private readonly int _seed;
    private readonly Compound _compound;
    private readonly FaultPlan _faults = new();
    private readonly List<(long At, int Device, int Order, SimulatedSample Sample)> _made = [];
    private long _now;

    /// <param name="seed">The same seed is the same compound with the same people.</param>
    /// <param name="start">Its first instant; it may lie in the past.</param>
    /// <param name="pressesPerDay">How often somebody calls, in each lobby; nobody does unless asked.</param>
    public SimulatedBuilding(int seed, DateTimeOffset start, double pressesPerDay = 0)
    {
        (_seed, _now) = (seed, start.UtcTicks);
        _compound = new Compound(seed, start, pressesPerDay);
        Devices = [.. _compound.Devices.Select(device => new SimulatedDeviceInfo(
            device.Edge, device.Name, device.Id, device.Kind, device.Space.Id))];
        SiteYaml = SiteYamlText.Of(_compound);
    }

    /// <summary>The site file that describes it.</summary>
    public string SiteYaml { get; }

    public IReadOnlyList<Space> Spaces => _compound.Spaces;

    public IReadOnlyList<SimulatedDeviceInfo> Devices { get; }

    /// <summary>How far it has lived; this instant itself is still to come.</summary>
    public DateTimeOffset Now => new(_now, TimeSpan.Zero);

    /// <summary>The faults that go on, in the order in which they began.</summary>
    public IReadOnlyList<ActiveFault> Active => _faults.Active;

    /// <summary>Lives on, and gives what the devices report before that instant, in the order of time.</summary>
    public IReadOnlyList<SimulatedSample> StepTo(DateTimeOffset at)
    {
        _made.Clear();
        var until = at.UtcTicks;
        for (var i = 0; i < _compound.Devices.Count && until > _now; i++)
        {
            var device = _compound.Devices[i];
            Contacts(device, i, until);
            for (; device.NextAt < until; device.NextAt += device.Every.Ticks)
            {
                Report(device, i);
            }
        }

        _now = Math.Max(_now, until);
        _made.Sort(static (first, second) =>
            (first.At, first.Device, first.Order).CompareTo((second.At, second.Device, second.Order)));
        return _made.ConvertAll(static made => made.Sample);
    }

    /// <summary>
    /// Begins a fault; not before <see cref="Now"/>, for what has been reported stays. A fault that goes on already is
    /// not begun twice.
    /// </summary>
    /// <returns>Its number.</returns>
    /// <exception cref="ArgumentException">There is no such space, device or edge.</exception>
    public int Inject(SimulatedFault fault, DateTimeOffset at) =>
        _faults.Inject(fault, Math.Max(at.UtcTicks, _now), _now, PlaceOf(fault));

    /// <summary>Ends a fault; false if it doesn't go on.</summary>
    public bool Heal(int number, DateTimeOffset at) =>
        _faults.Heal(active => active.Number == number, Math.Max(at.UtcTicks, _now));

    /// <summary>Ends a fault; false if it doesn't go on.</summary>
    public bool Heal(SimulatedFault fault, DateTimeOffset at) =>
        _faults.Heal(active => active.Fault == fault, Math.Max(at.UtcTicks, _now));

    private void Report(SimulatedDevice device, int index)
    {
        var at = device.NextAt;
        var from = at - device.Every.Ticks;
        switch (device.Kind)
        {
            case SimulatedDeviceKind.WaterMeter:
                var flow = _faults.IsStuck(device.Id, at) ? 0 : Mean(device, UseKind.Water, from, at);
                device.Total += flow * device.Every.TotalHours;
                Add(device, index, 0, Signal.WaterVolume, at, Math.Floor(device.Total) / 1000);
                Add(device, index, 1, Signal.WaterFlow, at, Math.Round(flow, 1));
                break;
            case SimulatedDeviceKind.ElectricMeter or SimulatedDeviceKind.Pump:
                ReportPower(device, index, from, at);
                break;
            case SimulatedDeviceKind.Door:
                Add(device, index, 0, Signal.DoorOpen, at, IsOn(device, UseKind.Door, at) ? 1 : 0);
                break;
            case SimulatedDeviceKind.Climate:
                var (temperature, humidity) = Climate.At(_seed, device.Id, at);
                Add(device, index, 0, Signal.Temperature, at, temperature);
                Add(device, index, 1, Signal.Humidity, at, humidity);
                break;
            default:
                break;
        }
    }

    private void ReportPower(SimulatedDevice device, int index, long from, long at)
    {
        // No load is quite steady, and a figure that never moves is what a broken sensor shows.
        var noise = new Dice(_seed, device.Id, at).Between(0.97, 1.03);
        var power = (device.Habits.BasePower(at) * noise) + Mean(device, UseKind.Power, from, at);
        device.Total += _faults.IsStuck(device.Id, at) ? 0 : power * device.Every.TotalHours;
        Add(device, index, 0, Signal.ElectricEnergy, at, Math.Floor(device.Total) / 1000);
        Add(device, index, 1, Signal.ElectricPower, at, Math.Round(power, 1));
        if (device.Kind == SimulatedDeviceKind.Pump)
        {
            var runs = Uses(device, UseKind.Run, at - TimeSpan.TicksPerHour, at + 1);
            Add(device, index, 2, "facility.run", at, runs.Any(run => run.From <= at && at < run.To) ? 1 : 0);
            Add(device, index, 3, "facility.level", at, Math.Round(PumpHouse.Level(runs, at), 3));
        }
    }

    // Contacts report each change at its own instant; what touches or overlaps is one opening.
    private void Contacts(SimulatedDevice device, int index, long until)
    {
        var (kind, signal) = device.Kind switch
        {
            SimulatedDeviceKind.Door => (UseKind.Door, Signal.DoorOpen),
            SimulatedDeviceKind.Pump => (UseKind.Run, "facility.run"),
            SimulatedDeviceKind.Kiosk => (UseKind.Run, Signal.ButtonPress),
            _ => (UseKind.Water, ""),
        };
        if (signal.Length == 0)
        {
            return;
        }

        var last = long.MinValue;
        foreach (var use in Uses(device, kind, _now, until).OrderBy(use => use.From).ThenBy(use => use.To))
        {
            if (use.From > last)
            {
                Change(last, 0);
                Change(use.From, 1);
            }

            last = Math.Max(last, use.To);
        }

        Change(last, 0);

        void Change(long at, double value)
        {
            if (at >= _now && at < until && (value > 0 || device.Kind != SimulatedDeviceKind.Kiosk))
            {
                Add(device, index, 10, signal, at, value);
            }
        }
    }

    private double Mean(SimulatedDevice device, UseKind kind, long from, long to) =>
        Use.Mean(Uses(device, kind, from, to), from, to);

    private bool IsOn(SimulatedDevice device, UseKind kind, long at) =>
        Uses(device, kind, at, at + 1).Any(use => use.From <= at && at < use.To);

    private IReadOnlyList<Use> Uses(SimulatedDevice device, UseKind kind, long from, long to)
    {
        var uses = device.Habits.Uses(kind, from, to);
        if (!_faults.Touches(device.Space.Id))
        {
            return uses;
        }

        var own = device.Kind == SimulatedDeviceKind.Pump && kind is UseKind.Run or UseKind.Power
            ? ShortCycles.Among(uses, _faults.ShortCycling(device.Space.Id), from, to)
            : uses;
        return [.. own, .. _faults.Uses(kind, device.Space.Id, to)];
    }

    private void Add(SimulatedDevice device, int index, int order, string signal, long at, double value)
    {
        if (_faults.IsSilent(device.Id, at))
        {
            return;
        }

        var clock = new DateTimeOffset(at + _faults.DriftTicks(device.Edge, at), TimeSpan.Zero);
        _made.Add((at, index, order, new SimulatedSample(device.Edge, device.Name, signal, clock, value)));
    }

    private string PlaceOf(SimulatedFault fault)
    {
        var place = fault switch
        {
            SimulatedFault.StuckMeter meter => DeviceOf(meter.DeviceId),
            SimulatedFault.SilentDevice silent => DeviceOf(silent.DeviceId),
            SimulatedFault.DriftedClock drift => Devices.FirstOrDefault(device => device.Edge == drift.Edge)?.Edge,
            _ => Spaces.FirstOrDefault(space => space.Id == FaultPlan.SpaceOf(fault))?.Name,
        };
        return place ?? throw new ArgumentException($"There is no such place in this compound: {fault}", nameof(fault));

        string? DeviceOf(string id) => Devices.FirstOrDefault(device => device.DeviceId == id)?.DeviceId;
    }
}
