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
    private readonly int _meters;
    private int _minute;

    /// <param name="meters">2: water and electricity. 1: water alone.</param>
    public RulesRun(RecordedHomes recorded, RuleSet rules, int firstHome, int homes, int meters = 2)
    {
        (_recorded, _firstHome, _homes, _meters) = (recorded, firstHome, homes, meters);
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
        foreach (var _ in Packs(minutes))
        {
        }

        return this;
    }

    /// <summary>The time that each pack and each tick took; the ticks stand between the minutes.</summary>
    private IEnumerable<TimeSpan> Packs(int minutes)
    {
        for (var end = _minute + minutes; _minute < end; _minute++)
        {
            var minute = Start.AddMinutes(_minute);
            for (var home = 0; home < _homes; home += HomesPerEdge)
            {
                var (count, before) = (Fill(home, minute.UtcTicks), Time);
                Step(new Entry.Readings(Edge(home), "", 0, minute.AddMinutes(1), _pack.AsMemory(0, count)));
                Readings += count;
                yield return Time - before;
            }

            for (var second = 70; second <= 120; second += 10)
            {
                var before = Time;
                Step(new Entry.Tick(minute.AddSeconds(second)));
                yield return Time - before;
            }
        }
    }

    /// <summary>
    /// Writes the state while the next minute's packs are taken; what the writing cost in all, and the longest the fold
    /// was kept by it: a slice, or how much longer than a minute ago a pack or a tick took that had to write first.
    /// </summary>
    public (long Bytes, TimeSpan Total, TimeSpan Longest) Checkpoint(TimeSpan slice)
    {
        var usual = Packs(1).ToList();
        var (total, longest, from) = (TimeSpan.Zero, TimeSpan.Zero, CoreTime.OfThisThread());
        var snapshot = Engine.BeginSnapshot();
        Count(CoreTime.OfThisThread() - from);
        foreach (var (taken, before) in Packs(1).Zip(usual))
        {
            Count(taken > before && !snapshot.IsComplete ? taken - before : TimeSpan.Zero);
            for (from = CoreTime.OfThisThread(); !snapshot.IsComplete && CoreTime.OfThisThread() - from < slice;)
            {
                snapshot.Advance(64);
            }

            Count(CoreTime.OfThisThread() - from);
        }

        snapshot.Advance(int.MaxValue);
        var bytes = snapshot.Bytes;
        snapshot.Release();
        return (bytes, total, longest);

        void Count(TimeSpan time) => (total, longest) = (total + time, time > longest ? time : longest);
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
            _pack[_meters * i] = new Reading(new PointNumber(number), at, _recorded.Water(home, _minute));
            if (_meters > 1)
            {
                _pack[(2 * i) + 1] = new Reading(new PointNumber(number + 1), at, _recorded.Electricity(home, _minute));
            }
        }

        return count * _meters;
    }

    private void Commission(int home)
    {
        var id = $"home-{home}";
        var occupancy = RecordedHomes.IsVacant(_firstHome + home) ? Occupancy.Unlet : Occupancy.Occupied;
        Engine.Step(new Entry.Changed(
            Start, new SiteChange.SpaceDefined(new Space(id, SpaceKind.Unit, id, Occupancy: occupancy))));
        foreach (var (number, signal) in new[] { (1, Signal.WaterVolume), (2, Signal.ElectricEnergy) }.Take(_meters))
        {
            Engine.Step(new Entry.Changed(Start, new SiteChange.PointCommissioned(new Point(
                new PointNumber((2 * home) + number), Edge(home), $"m{(2 * home) + number}", signal, id, null,
                TimeSpan.FromMinutes(1)))));
        }
    }
}
