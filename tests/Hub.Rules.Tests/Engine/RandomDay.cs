using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Engine;

/// <summary>Two days of a small vacant and a small lived-in home, drawn from one seed: leaks, doors, power, presses.</summary>
internal sealed class RandomDay
{
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random;

    public RandomDay(int seed)
    {
        _random = new Random(seed);
        foreach (var (home, number) in new[] { ("empty", 0), ("lived", 10) })
        {
            AddRegister(number + 1, Signal.WaterVolume, 0.001, home == "empty" ? 0.02 : 0.4);
            AddRegister(number + 2, Signal.ElectricEnergy, 0.01, 0.3);
            AddDoor(number + 3, home == "empty" ? 4 : 20);
            AddTemperature(number + 4, home == "empty" ? 7 : 15);
            AddChatter(number + 5);
            AddDoor(number + 6, 6);
        }

        AddPresses(20);
        AddPump(21);
        Readings.Sort((a, b) => a.AtTicks.CompareTo(b.AtTicks));
    }

    /// <summary>In order of event time.</summary>
    public List<Reading> Readings { get; } = [];

    public static RuleSet Rules { get; } = RuleSet.From(DefaultPacks.All);

    public static IEnumerable<Entry> Site()
    {
        yield return Change(new SiteChange.SpaceDefined(new Space(
            "empty", SpaceKind.Unit, "3-1201", Occupancy: Occupancy.Unlet, VacantSince: Start.AddDays(-30))));
        yield return Change(new SiteChange.SpaceDefined(new Space("lived", SpaceKind.Unit, "3-1202")));
        yield return Change(new SiteChange.SpaceDefined(new Space("lobby", SpaceKind.Lobby, "3-L")));
        foreach (var (home, number) in new[] { ("empty", 0), ("lived", 10) })
        {
            yield return Commission(number + 1, home, Signal.WaterVolume, 1);
            yield return Commission(number + 2, home, Signal.ElectricEnergy, 5);
            yield return Commission(number + 3, home, Signal.DoorOpen, null);
            yield return Commission(number + 4, home, Signal.Temperature, 10);
            yield return Commission(number + 5, home, Signal.LeakWet, null);
            yield return Commission(number + 6, home, Signal.DoorLocked, null);
        }

        yield return Change(new SiteChange.SpaceDefined(new Space("pumps", SpaceKind.Facility, "3-P")));
        yield return Commission(20, "lobby", Signal.ButtonPress, null);
        yield return Commission(21, "pumps", Signal.FacilityRun, null);
        yield return Change(new SiteChange.WindowPlanned(
            new PlannedWindow("empty", Start.AddHours(10), Start.AddHours(12), "inspection")));
    }

    /// <summary>The entries of a life in which each reading arrives as it is said, and the hub ticks every half minute.</summary>
    public IEnumerable<Entry> Arriving(Func<Reading, long> arrivedTicks, Func<Random, int>? batch = null)
    {
        var arrivals = Readings.Select(reading => (At: arrivedTicks(reading), reading)).OrderBy(pair => pair.At).ToList();
        var tick = Start.UtcTicks;
        for (var i = 0; i < arrivals.Count;)
        {
            for (; tick <= arrivals[i].At; tick += 30 * TimeSpan.TicksPerSecond)
            {
                yield return new Entry.Tick(new DateTimeOffset(tick, TimeSpan.Zero));
            }

            var take = Math.Max(1, Math.Min(batch?.Invoke(_random) ?? 1, arrivals.Count - i));
            var same = arrivals.Skip(i).Take(take).TakeWhile(pair => pair.At < tick).Select(pair => pair.reading).ToArray();
            yield return new Entry.Readings("edge", "", 0, new DateTimeOffset(arrivals[i].At, TimeSpan.Zero), same);
            i += same.Length;
        }

        for (var end = tick + TimeSpan.TicksPerHour; tick < end; tick += 30 * TimeSpan.TicksPerSecond)
        {
            yield return new Entry.Tick(new DateTimeOffset(tick, TimeSpan.Zero));
        }
    }

    public static List<string> Run(IEnumerable<Entry> entries) => Run(new RulesEngine(Rules), Site().Concat(entries));

    public static List<string> Run(RulesEngine engine, IEnumerable<Entry> entries) =>
        [.. from entry in entries from transition in engine.Step(entry) select Text(transition)];

    /// <summary>Everything a transition says, as one line.</summary>
    public static string Text(AlarmTransition transition)
    {
        var text = $"{transition.At:O} {transition.GetType().Name} {transition.Id} {transition.Detector} {transition.SpaceId}";
        return transition is AlarmTransition.Raised raised
            ? $"{text} {raised.OnsetAt:O} {raised.Order} {Explanations.Render(raised.Why, "en", TimeZoneInfo.Utc)}"
                + $" {string.Join(',', raised.Evidence.Points)} {raised.Evidence.From:O} {raised.Evidence.Limit}"
            : text;
    }

    private static Entry.Changed Change(SiteChange change) => new(Start, change);

    private static Entry.Changed Commission(int number, string space, string signal, int? minutes) =>
        Change(new SiteChange.PointCommissioned(new Point(
            new PointNumber(number), "edge", $"d{number}", signal, space, null,
            minutes is { } every ? TimeSpan.FromMinutes(every) : null)));

    private void AddRegister(int point, string signal, double step, double share)
    {
        var minutes = signal == Signal.WaterVolume ? 1 : 5;
        var value = Math.Round(_random.NextDouble() * 100, 2);
        var leakFrom = _random.Next(6, 40) * 60;
        var leakTo = leakFrom + (_random.Next(1, 6) * 60);
        for (var minute = 0; minute < 2880; minute += minutes)
        {
            value += _random.NextDouble() < share ? _random.Next(1, 4) * step : 0;
            value += minute >= leakFrom && minute < leakTo ? (signal == Signal.WaterVolume ? 1 : 5) * step : 0;
            Readings.Add(new Reading(
                new PointNumber(point), Start.AddMinutes(minute).UtcTicks + _random.Next(0, 300_000_000), Math.Round(value, 4)));
        }
    }

    private void AddDoor(int point, int times)
    {
        for (var i = 0; i < times; i++)
        {
            // Half an hour apart at least, so that no opening and closing fall together.
            var at = Start.AddMinutes((i * 2880.0 / times) + _random.Next(1, 30)).UtcTicks + _random.Next(0, 1000);
            Readings.Add(new Reading(new PointNumber(point), at, 1));
            Readings.Add(new Reading(new PointNumber(point), at + (_random.Next(20, 1500) * TimeSpan.TicksPerSecond), 0));
        }
    }

    private void AddChatter(int point)
    {
        var from = Start.AddMinutes(_random.Next(60, 2700)).UtcTicks + _random.Next(0, 1000);
        var times = _random.Next(30, 90);
        for (var i = 0; i < times; i++)
        {
            var at = from + (i * 7 * TimeSpan.TicksPerSecond) + _random.Next(0, 1000);
            Readings.Add(new Reading(new PointNumber(point), at, (i + 1) % 2));
        }
    }

    /// <summary>Warm until a window stays open, or the heating fails, in the second night.</summary>
    private void AddTemperature(int point, double cold)
    {
        for (var minute = 0; minute < 2880; minute += 10)
        {
            if (minute is < 1000 or > 1300)
            {
                Readings.Add(new Reading(
                    new PointNumber(point), Start.AddMinutes(minute).UtcTicks,
                    (minute > 2000 ? cold : 20) + _random.NextDouble()));
            }
        }
    }

    /// <summary>A run every half hour, and for an hour one every minute.</summary>
    private void AddPump(int point)
    {
        var cyclesFrom = _random.Next(6, 40) * 60;
        for (var minute = 0; minute < 2880; minute++)
        {
            var isCycling = minute >= cyclesFrom && minute < cyclesFrom + 60;
            if (isCycling || minute % 30 == 0)
            {
                var at = Start.AddMinutes(minute).UtcTicks + _random.Next(0, 1000);
                Readings.Add(new Reading(new PointNumber(point), at, 1));
                Readings.Add(new Reading(
                    new PointNumber(point), at + ((isCycling ? 15 : 200) * TimeSpan.TicksPerSecond), 0));
            }
        }
    }

    private void AddPresses(int point)
    {
        for (var i = 0; i < 10; i++)
        {
            Readings.Add(new Reading(
                new PointNumber(point), Start.AddMinutes(_random.Next(0, 2880)).UtcTicks, 1, PressId: $"p{i}"));
        }
    }
}
