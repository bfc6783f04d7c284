using System.Globalization;

namespace Hub.Rules.Simulation;

/// <summary>Which faults go on when, and what they add to what goes on by itself.</summary>
internal sealed class FaultPlan
{
    public const double BurstLitresPerHour = 1500;

    /// <summary>More than a hundred things at once wrong is no fault any more.</summary>
    public const int FaultsMax = 100;

    private static readonly long KeptFor = TimeSpan.FromDays(1).Ticks;

    private readonly List<Entry> _entries = [];
    private int _numberLast;

    private sealed record Entry(int Number, SimulatedFault Fault, long From, long To, string Name)
    {
        public bool Covers(long at) => at >= From && at < To;
    }

    public IReadOnlyList<ActiveFault> Active =>
    [
        .. from entry in _entries
           where entry.To == long.MaxValue
           select new ActiveFault(entry.Number, entry.Fault, new DateTimeOffset(entry.From, TimeSpan.Zero), entry.Name),
    ];

    public int Inject(SimulatedFault fault, long at, long now, string place)
    {
        if (_entries.Find(entry => entry.Fault == fault && entry.To == long.MaxValue) is { } same)
        {
            return same.Number;
        }

        _entries.RemoveAll(entry => entry.To < now - KeptFor);
        if (_entries.Count >= FaultsMax)
        {
            throw new InvalidOperationException($"At most {FaultsMax} faults go on at once; heal some first.");
        }

        _entries.Add(new Entry(++_numberLast, fault, at, long.MaxValue, NameOf(fault, place)));
        return _numberLast;
    }

    public bool Heal(Func<ActiveFault, bool> which, long at)
    {
        var numbers = Active.Where(which).Select(active => active.Number).ToHashSet();
        for (var i = 0; i < _entries.Count; i++)
        {
            if (numbers.Contains(_entries[i].Number))
            {
                _entries[i] = _entries[i] with { To = Math.Max(at, _entries[i].From) };
            }
        }

        return numbers.Count > 0;
    }

    public bool IsSilent(string deviceId, long at) => Any(at, new SimulatedFault.SilentDevice(deviceId));

    public bool IsStuck(string deviceId, long at) => Any(at, new SimulatedFault.StuckMeter(deviceId));

    /// <summary>How far an edge's clock is ahead.</summary>
    public long DriftTicks(string edge, long at)
    {
        var ticks = 0L;
        foreach (var entry in _entries)
        {
            ticks += entry.Covers(at) && entry.Fault is SimulatedFault.DriftedClock drift && drift.Edge == edge
                ? drift.By.Ticks
                : 0;
        }

        return ticks;
    }

    /// <summary>When a pump short-cycles; the last span may reach to the end of time.</summary>
    public IEnumerable<(long From, long To)> ShortCycling(string space) =>
        from entry in _entries
        where entry.Fault is SimulatedFault.PumpShortCycling pump && pump.Space == space
        select (entry.From, entry.To);

    public bool Touches(string space) => _entries.Exists(entry => SpaceOf(entry.Fault) == space);

    /// <summary>What the faults in a space add, as far as to <paramref name="until"/>.</summary>
    public IEnumerable<Use> Uses(UseKind kind, string space, long until) =>
        from entry in _entries
        where SpaceOf(entry.Fault) == space
        from use in Added(kind, entry, until)
        where use.To > use.From
        select use;

    public static string? SpaceOf(SimulatedFault fault) => fault switch
    {
        SimulatedFault.Leak leak => leak.Space,
        SimulatedFault.Burst burst => burst.Space,
        SimulatedFault.DoorLeftOpen door => door.Space,
        SimulatedFault.Intrusion intrusion => intrusion.Space,
        SimulatedFault.StandbyLoad load => load.Space,
        SimulatedFault.PumpShortCycling pump => pump.Space,
        _ => null,
    };

    private bool Any(long at, SimulatedFault fault)
    {
        foreach (var entry in _entries)
        {
            if (entry.Covers(at) && entry.Fault == fault)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Use> Added(UseKind kind, Entry entry, long until) => (kind, entry.Fault) switch
    {
        (UseKind.Water, SimulatedFault.Leak leak) => [new Use(entry.From, entry.To, leak.LitresPerHour)],
        (UseKind.Water, SimulatedFault.Burst) => [new Use(entry.From, entry.To, BurstLitresPerHour)],
        (UseKind.Door, SimulatedFault.DoorLeftOpen) => [new Use(entry.From, entry.To, 1)],
        (UseKind.Power, SimulatedFault.StandbyLoad load) => [new Use(entry.From, entry.To, load.Watts)],
        (_, SimulatedFault.Intrusion) => Stay(kind, entry, until),
        _ => [],
    };

    // In by the door, lights on, a flush, something cooked, and so on each hour; out by the door when healed.
    private static IEnumerable<Use> Stay(UseKind kind, Entry entry, long until)
    {
        const long Second = TimeSpan.TicksPerSecond;
        const long Minute = TimeSpan.TicksPerMinute;
        var (from, to) = (entry.From, entry.To);
        switch (kind)
        {
            case UseKind.Door:
                yield return new Use(from, from + (20 * Second), 1);
                if (to != long.MaxValue)
                {
                    yield return new Use(to, to + (15 * Second), 1);
                }

                break;
            case UseKind.Power:
                yield return new Use(Math.Min(from + Minute, to), to, 120);
                break;
            default:
                break;
        }

        for (var hour = from; hour < Math.Min(to, until); hour += 60 * Minute)
        {
            if (kind == UseKind.Water)
            {
                yield return Within(hour + (6 * Minute), 60 * Second, 360);
                yield return Within(hour + (8 * Minute), 120 * Second, 300);
            }
            else if (kind == UseKind.Power)
            {
                yield return Within(hour + (5 * Minute), 25 * Minute, 1500);
            }
        }

        Use Within(long start, long length, double rate) =>
            new(Math.Min(start, to), Math.Min(start + length, to), rate);
    }

    private static string NameOf(SimulatedFault fault, string place) => fault switch
    {
        SimulatedFault.Leak leak => $"leak of {Say(leak.LitresPerHour)} L/h in {place}",
        SimulatedFault.Burst => $"burst pipe in {place}",
        SimulatedFault.DoorLeftOpen => $"door left open at {place}",
        SimulatedFault.Intrusion => $"somebody inside {place}",
        SimulatedFault.StandbyLoad load => $"{Say(load.Watts)} W left on in {place}",
        SimulatedFault.StuckMeter => $"stuck meter {place}",
        SimulatedFault.SilentDevice => $"silent device {place}",
        SimulatedFault.DriftedClock drift => $"clock of {place} wrong by {Say(drift.By.TotalSeconds)} s",
        SimulatedFault.PumpShortCycling => $"short-cycling pump in {place}",
        _ => throw new InvalidOperationException($"Unknown fault {fault.GetType().Name}."),
    };

    private static string Say(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
