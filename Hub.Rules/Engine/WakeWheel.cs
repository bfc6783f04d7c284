namespace Hub.Rules.Engine;

/// <summary>
/// Appointments with time: whatever number there are, making and keeping one is constant work.
/// <code>
///   near   1024 slots of 1.7 s    taken, slot by slot, as the clock passes them
///     ▲ dealt out when the clock reaches it
///   far    1024 slots of 29 min   what is further away than 20 days waits in the last, and is dealt out again
/// </code>
/// A slot is a chain through one pool of nodes, so nothing is allocated once the pool has its size. There is no taking
/// back: whoever keeps an appointment asks whether it still stands.
/// </summary>
internal sealed class WakeWheel
{
    private const int NearBits = 24;
    private const int SlotBits = 10;
    private const int Slots = 1 << SlotBits;

    private readonly int[] _near = NewSlots();
    private readonly int[] _far = NewSlots();
    private Node[] _nodes = new Node[64];
    private Turn[] _due = new Turn[64];
    private int _used;
    private int _free = -1;

    /// <summary>The near slot that the clock stands in; it never goes back.</summary>
    private long _now;

    public void Add(Turn turn)
    {
        var slot = Math.Max(turn.At >> NearBits, _now);
        ref var chain = ref slot < _now + Slots
            ? ref _near[slot & (Slots - 1)]
            : ref _far[Math.Min(slot >> SlotBits, (_now >> SlotBits) + Slots - 1) & (Slots - 1)];
        chain = Chain(turn, chain);
    }

    /// <summary>
    /// All whose time has come at <paramref name="ticks"/>, in their order; valid until the next call, and appointments
    /// made meanwhile are for the next.
    /// </summary>
    public ReadOnlySpan<Turn> Take(long ticks)
    {
        var last = ticks >> NearBits;
        if (last - _now >= Slots)
        {
            Leap(last);
        }

        var count = TakeSlot(ticks, 0);
        while (_now < last)
        {
            _now++;
            if ((_now & (Slots - 1)) == 0)
            {
                Deal(ref _far[(_now >> SlotBits) & (Slots - 1)]);
            }

            count = TakeSlot(ticks, count);
        }

        return _due.AsSpan(0, count);
    }

    private static int[] NewSlots()
    {
        var slots = new int[Slots];
        Array.Fill(slots, -1);
        return slots;
    }

    private int TakeSlot(long ticks, int count)
    {
        ref var chain = ref _near[_now & (Slots - 1)];
        var (from, node) = (count, chain);
        chain = -1;
        while (node >= 0)
        {
            var (turn, next) = (_nodes[node].Turn, _nodes[node].Next);
            if (turn.At > ticks)
            {
                (_nodes[node].Next, chain) = (chain, node);
            }
            else
            {
                if (count == _due.Length)
                {
                    Array.Resize(ref _due, count * 2);
                }

                _due[count++] = turn;
                (_nodes[node].Next, _free) = (_free, node);
            }

            node = next;
        }

        Order(_due.AsSpan(from, count - from));
        return count;
    }

    /// <summary>A chain has the newest first, and most appointments are made in their order.</summary>
    private static void Order(Span<Turn> turns)
    {
        turns.Reverse();
        for (var i = 1; i < turns.Length; i++)
        {
            if (turns[i].CompareTo(turns[i - 1]) < 0)
            {
                turns.Sort();
                return;
            }
        }
    }

    /// <summary>The hub was away for longer than the near slots reach: everything is dealt out anew.</summary>
    private void Leap(long now)
    {
        _now = now;
        for (var slot = 0; slot < Slots; slot++)
        {
            Deal(ref _near[slot]);
            Deal(ref _far[slot]);
        }
    }

    private void Deal(ref int chain)
    {
        var node = chain;
        chain = -1;
        while (node >= 0)
        {
            var (turn, next) = (_nodes[node].Turn, _nodes[node].Next);
            (_nodes[node].Next, _free) = (_free, node);
            Add(turn);
            node = next;
        }
    }

    private int Chain(Turn turn, int next)
    {
        var node = _free;
        if (node >= 0)
        {
            _free = _nodes[node].Next;
        }
        else
        {
            node = _used++;
            if (node == _nodes.Length)
            {
                Array.Resize(ref _nodes, node * 2);
            }
        }

        _nodes[node] = new Node(turn, next);
        return node;
    }

    private record struct Node(Turn Turn, int Next);
}
