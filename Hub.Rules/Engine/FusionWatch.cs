using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// X1 at one door: it and a use of its space within minutes of each other are one case.
/// <code>
///   door ───────┐ within 15 min of (from, to] of a use, in either order
///   use ────────┴──► one urgent transition, as of the door; the use asks for no order of its own while it lasts
///   ends when the door's alarms and the uses' alarms have all cleared
/// </code>
/// The last few of each are kept, and the earliest door that fits is taken: door and meters are put in order each for
/// itself, so which of them is judged first must not matter. A use is known as the span between two readings, so a
/// meter
/// read hourly is only as precise as that; a use found after a gap says nothing.
/// </summary>
internal sealed class FusionWatch(BoundRule bound, PointTrack door)
{
    private const int KeptMax = 8;

    private readonly long _within = (long)(bound.Rule.Parameter("within") * TimeSpan.TicksPerSecond);
    private readonly List<long> _doors = [];
    private readonly List<(long From, long To)> _uses = [];

    private string _alarmId = "";

    public BoundRule Bound { get; } = bound;

    public PointTrack Door { get; } = door;

    public bool IsFiring => _alarmId.Length > 0;

    /// <summary>The running episode, or empty.</summary>
    public ref string AlarmId => ref _alarmId;

    public long Within => _within;

    /// <summary>The door opened; the door's time if that makes a case.</summary>
    public long? SeeDoor(long atTicks)
    {
        Keep(_doors, atTicks);
        return Match();
    }

    /// <summary>Something was used; the door's time if that makes a case.</summary>
    public long? SeeUse(long fromTicks, long toTicks)
    {
        Keep(_uses, (fromTicks, toTicks));
        return Match();
    }

    /// <summary>The case is over; what made it makes no other.</summary>
    public void End()
    {
        _alarmId = "";
        _doors.Clear();
        _uses.Clear();
    }

    public void Persist(StateCodec state)
    {
        state.Sync(ref _alarmId);
        var (doors, uses) = (_doors.Count, _uses.Count);
        state.Sync(ref doors);
        state.Sync(ref uses);
        for (var i = 0; i < doors; i++)
        {
            var at = state.IsLoading ? 0 : _doors[i];
            state.Sync(ref at);
            if (state.IsLoading)
            {
                _doors.Add(at);
            }
        }

        for (var i = 0; i < uses; i++)
        {
            var (from, to) = state.IsLoading ? default : _uses[i];
            state.Sync(ref from);
            state.Sync(ref to);
            if (state.IsLoading)
            {
                _uses.Add((from, to));
            }
        }
    }

    private static void Keep<T>(List<T> items, T item)
    {
        if (items.Count == KeptMax)
        {
            items.RemoveAt(0);
        }

        items.Add(item);
    }

    private long? Match()
    {
        if (IsFiring)
        {
            return null;
        }

        foreach (var door in _doors)
        {
            foreach (var (from, to) in _uses)
            {
                if (door >= from - _within && door <= to + _within)
                {
                    return door;
                }
            }
        }

        return null;
    }
}
