using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// Puts one point's readings in order of event time before anybody judges them. A reading leaves when its source calls
/// it (<see cref="SourceTrack.TryCall"/>: something of the source is more than the lateness bound newer), or when it
/// has
/// waited that long on the hub's clock: stragglers get the same two minutes whether they come live or in a backlog.
/// <code>
///   arrives ──► [ 09:58  09:59  10:00 ] ──► in order, when called, or waited ≥ 2 min
///      └─ older than what has left: late      └─ same time and value as one inside: a duplicate
/// </code>
/// </summary>
internal sealed class ReorderBuffer
{
    /// <summary>How late a reading may come and still be put in order.</summary>
    public const long LatenessTicksMax = 2 * TimeSpan.TicksPerMinute;

    /// <summary>Readings that one point may have waiting; at the limit the oldest leaves early.</summary>
    private const int WaitingMax = 4096;

    private Waiting[] _items = new Waiting[4];
    private int _first;
    private int _count;

    public int Count => _count;

    /// <summary>The event time of the last one that left; what is older is late.</summary>
    public long LeftTicks { get; private set; }

    private double _leftValue;

    public enum Answer
    {
        Taken,
        Late,
        Duplicate,
    }

    public Answer Add(long atTicks, double value, long arrivedTicks)
    {
        if (atTicks <= LeftTicks && LeftTicks != 0)
        {
            return atTicks == LeftTicks && value == _leftValue ? Answer.Duplicate : Answer.Late;
        }

        var place = _count;
        while (place > 0 && IsAfter(_items[_first + place - 1], atTicks, value))
        {
            place--;
        }

        if (place > 0 && _items[_first + place - 1] is var before && before.At == atTicks && before.Value == value)
        {
            return Answer.Duplicate;
        }

        MakeRoom();
        Array.Copy(_items, _first + place, _items, _first + place + 1, _count - place);
        _items[_first + place] = new Waiting(atTicks, value, arrivedTicks);
        _count++;
        return Answer.Taken;
    }

    /// <summary>The next one whose turn it is at <paramref name="hubTicks"/>.</summary>
    public bool TryLeave(long hubTicks, out long atTicks, out double value)
    {
        (atTicks, value) = (0, 0);
        if (_count == 0)
        {
            return false;
        }

        ref var next = ref _items[_first];
        if (hubTicks < DueTicks && _count < WaitingMax)
        {
            return false;
        }

        (atTicks, value) = (next.At, next.Value);
        (LeftTicks, _leftValue) = (atTicks, value);
        _first++;
        _first = --_count == 0 ? 0 : _first;
        return true;
    }

    /// <summary>As if none had come.</summary>
    public void Clear() => (_first, _count, LeftTicks) = (0, 0, 0);

    /// <summary>The event time of the next one to leave; never if none waits.</summary>
    public long NextTicks => _count == 0 ? long.MaxValue : _items[_first].At;

    /// <summary>The event times of all that wait, for a queue that is built anew.</summary>
    public IEnumerable<long> WaitingTicks => _items.Skip(_first).Take(_count).Select(item => item.At);

    /// <summary>When, on the hub's clock, the next one leaves without news from the point.</summary>
    public long DueTicks => _count == 0 ? long.MaxValue : _items[_first].Arrived + LatenessTicksMax;

    /// <summary>Asks for what waits.</summary>
    public void Fetch() => Cache.Fetch(_items, lines: 2);

    public void Persist(StateCodec state)
    {
        var (left, count) = (LeftTicks, _count);
        state.Sync(ref left);
        state.Sync(ref _leftValue);
        state.Sync(ref count);
        if (state.IsLoading)
        {
            (_items, _first, _count) = (new Waiting[Math.Max(4, count + 1)], 0, count);
        }

        LeftTicks = left;
        for (var i = 0; i < count; i++)
        {
            var (at, value, arrived) = _items[_first + i];
            state.Sync(ref at);
            state.Sync(ref value);
            state.Sync(ref arrived);
            _items[_first + i] = new Waiting(at, value, arrived);
        }
    }

    private static bool IsAfter(in Waiting item, long atTicks, double value) =>
        item.At > atTicks || (item.At == atTicks && item.Value > value);

    private void MakeRoom()
    {
        if (_first + _count < _items.Length)
        {
            return;
        }

        var room = _count * 2 > _items.Length ? new Waiting[_items.Length * 2] : _items;
        Array.Copy(_items, _first, room, 0, _count);
        (_items, _first) = (room, 0);
    }

    private readonly record struct Waiting(long At, double Value, long Arrived);
}
