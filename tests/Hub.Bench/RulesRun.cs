using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Bench;

/// <summary>
/// A compound of recorded homes and its engine: two points a home, read each minute at a second of their own; an edge
/// for 250 homes, which sends what it has once a minute; a tick every ten seconds, as the hub makes them. Only what the
/// engine does is timed and weighed.
/// </summary>
public sealed class RulesRun
{
    private const int HomesPerEdge = 250;
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    private readonly RecordedHomes _recorded;
    private readonly Reading[] _pack = new Reading[HomesPerEdge * 2];
    private readonly int _firstHome;
    private readonly int _homes;
    private int _minute;

    public RulesRun(RecordedHomes recorded, RuleSet rules, int firstHome, int homes)
    {
        (_recorded, _firstHome, _homes) = (recorded, firstHome, homes);
        Engine = new RulesEngine(rules);
        for (var home = 0; home < homes; home++)
        {
            Commission(home);
        }
    }

    public RulesEngine Engine { get; }

    public long Readings { get; private set; }

    public long Alarms { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The core's, not the wall's: others may use the machine meanwhile.</summary>
    public TimeSpan Time { get; private set; }

    public double Rate => Readings / Time.TotalSeconds;

    public void Reset() => (Readings, Alarms, Bytes, Time) = (0, 0, 0, TimeSpan.Zero);

    public RulesRun Run(int minutes)
    {
        for (var end = _minute + minutes; _minute < end; _minute++)
        {
            var minute = Start.AddMinutes(_minute);
            for (var home = 0; home < _homes; home += HomesPerEdge)
            {
                var count = Fill(home, minute.UtcTicks);
                var readings = new Entry.Readings(Edge(home), "", 0, minute.AddMinutes(1), _pack.AsMemory(0, count));
                Step(readings);
                Readings += count;
            }

            for (var second = 70; second <= 120; second += 10)
            {
                Step(new Entry.Tick(minute.AddSeconds(second)));
            }
        }

        return this;
    }

    public void Step(Entry entry)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var from = CoreTime.OfThisThread();
        var transitions = Engine.Step(entry);
        Time += CoreTime.OfThisThread() - from;
        Bytes += GC.GetAllocatedBytesForCurrentThread() - bytes;
        for (var i = 0; i < transitions.Count; i++)
        {
            Alarms += transitions[i] is AlarmTransition.Raised ? 1 : 0;
        }
    }

    private static string Edge(int home) => $"edge-{home / HomesPerEdge}";

    private int Fill(int firstHome, long atTicks)
    {
        var count = Math.Min(HomesPerEdge, _homes - firstHome);
        for (var i = 0; i < count; i++)
        {
            var (home, number) = (_firstHome + firstHome + i, (2 * (firstHome + i)) + 1);
            var at = atTicks + (i * TimeSpan.TicksPerMinute / HomesPerEdge);
            _pack[2 * i] = new Reading(new PointNumber(number), at, _recorded.Water(home, _minute));
            _pack[(2 * i) + 1] = new Reading(new PointNumber(number + 1), at, _recorded.Electricity(home, _minute));
        }

        return count * 2;
    }

    private void Commission(int home)
    {
        var id = $"home-{home}";
        var occupancy = RecordedHomes.IsVacant(_firstHome + home) ? Occupancy.Unlet : Occupancy.Occupied;
        Engine.Step(new Entry.Changed(
            Start, new SiteChange.SpaceDefined(new Space(id, SpaceKind.Unit, id, Occupancy: occupancy))));
        foreach (var (number, signal) in new[] { (1, Signal.WaterVolume), (2, Signal.ElectricEnergy) })
        {
            Engine.Step(new Entry.Changed(Start, new SiteChange.PointCommissioned(new Point(
                new PointNumber((2 * home) + number), Edge(home), $"m{(2 * home) + number}", signal, id, null,
                TimeSpan.FromMinutes(1)))));
        }
    }
}
