using System.Globalization;
using Hub.Rules.Site;

namespace Hub.Rules.Simulation;

/// <summary>The compound's plan: two buildings with an entrance each, fourteen homes, a pump house.</summary>
internal sealed class Compound
{
    /// <summary>Homes nobody lives in, in which of the ledger's ways, and for how many days before the first.</summary>
    private static readonly Dictionary<string, (Occupancy Occupancy, int Days)> Vacant = new()
    {
        ["b3-e2-1201"] = (Occupancy.Custody, 202),
        ["b3-e2-0302"] = (Occupancy.Unlet, 41),
        ["b3-e2-1501"] = (Occupancy.Unsold, 530),
        ["b1-e1-0802"] = (Occupancy.NotMovedIn, 96),
        ["b1-e1-1101"] = (Occupancy.Unlet, 17),
    };

    private static readonly (string Building, string Entrance, string[] Homes)[] Entrances =
    [
        ("b1", "b1-e1", ["0301", "0302", "0501", "0502", "0801", "0802", "1101"]),
        ("b3", "b3-e2", ["0301", "0302", "0601", "0901", "1201", "1202", "1501"]),
    ];

    private readonly int _seed;
    private readonly DateTimeOffset _start;
    private readonly double _pressesPerDay;

    public Compound(int seed, DateTimeOffset start, double pressesPerDay)
    {
        (_seed, _start, _pressesPerDay) = (seed, start, pressesPerDay);
        foreach (var (building, entrance, homes) in Entrances)
        {
            AddLobby(building, entrance);
            foreach (var home in homes)
            {
                AddHome(building, entrance, home);
            }
        }

        AddPumpHouse();
    }

    public List<Space> Spaces { get; } = [];

    public List<SimulatedDevice> Devices { get; } = [];

    private static string NameOf(string entrance) =>
        entrance.Replace("b", "", StringComparison.Ordinal).Replace("-e", " 栋 ", StringComparison.Ordinal) + " 单元";

    private void AddLobby(string building, string entrance)
    {
        var lobby = new Space($"{entrance}-lobby", SpaceKind.Lobby, $"{NameOf(entrance)}大堂", building, entrance, 1);
        Spaces.Add(lobby);
        var callers = new Callers(_seed, lobby.Id, _pressesPerDay);
        Add(SimulatedDeviceKind.Kiosk, $"edge-{building}", "lobby", lobby, callers);
    }

    private void AddHome(string building, string entrance, string home)
    {
        var id = $"{entrance}-{home}";
        var floor = int.Parse(home[..2], CultureInfo.InvariantCulture);
        var isVacant = Vacant.TryGetValue(id, out var state);
        var midnight = _start.ToOffset(Habits.Offset).Date.AddDays(-state.Days);
        var space = new Space(
            id, SpaceKind.Unit, $"{NameOf(entrance)} {home.TrimStart('0')}", building, entrance, floor,
            isVacant ? state.Occupancy : Occupancy.Occupied,
            isVacant ? new DateTimeOffset(midnight, Habits.Offset).ToUniversalTime() : null);
        Habits habits = isVacant ? new EmptyHome(_seed, id) : new Household(_seed, id);
        Spaces.Add(space);
        var edge = $"edge-{building}";
        Add(SimulatedDeviceKind.WaterMeter, edge, $"w-{home}", space, habits);
        Add(SimulatedDeviceKind.ElectricMeter, edge, $"e-{home}", space, habits);
        if (isVacant || floor % 3 == 0)
        {
            Add(SimulatedDeviceKind.Door, edge, $"d-{home}", space, habits);
            Add(SimulatedDeviceKind.Climate, edge, $"c-{home}", space, habits);
        }
    }

    private void AddPumpHouse()
    {
        var space = new Space("pump-a", SpaceKind.Facility, "1 号水泵房", "b1");
        Spaces.Add(space);
        Add(SimulatedDeviceKind.Pump, "edge-b1", "pump-a", space, new PumpHouse(_seed, space.Id));
    }

    private void Add(SimulatedDeviceKind kind, string edge, string name, Space space, Habits habits)
    {
        var dice = new Dice(_seed, $"{edge}/{name}", 0);
        var device = new SimulatedDevice(kind, edge, name, space, habits);
        device.Total = kind switch
        {
            SimulatedDeviceKind.WaterMeter => Math.Floor(dice.Between(40_000, 900_000)),
            SimulatedDeviceKind.ElectricMeter or SimulatedDeviceKind.Pump => Math.Floor(dice.Between(1e6, 2e7)),
            _ => 0,
        };

        // Each meter has a second of its own, as if it had been switched on by hand.
        device.NextAt = _start.UtcTicks + (long)(dice.Next() * device.Every.Ticks / TimeSpan.TicksPerSecond)
            * TimeSpan.TicksPerSecond;
        Devices.Add(device);
    }
}
