namespace Hub.Rules.Engine;

/// <summary>
/// Turns in their order, made for news that mostly comes in order of time: that is appended, and one instant is sorted
/// by number when it is reached. What comes out of order waits in a heap beside.
/// <code>
///   in order    ──► [ 09:58 (2)  09:58 (1)  09:59 (1) ] ──┐
///                     └ ordered ┘                         ├──► the least of both
///   out of order ──► heap ────────────────────────────────┘
/// </code>
/// </summary>
internal sealed class TurnQueue
{
    private readonly PriorityQueue<int, Turn> _strays = new();
    private Turn[] _turns = new Turn[4];
    private int _first;
    private int _count;

    /// <summary>How many from the first on are known to be in order: one whole instant, or none yet.</summary>
    private int _ordered;

    public void Enqueue(Turn turn)
    {
        if (_count > 0 && _turns[_first + _count - 1] is var last && turn.At <= last.At)
        {
            if (turn.At < last.At || (_ordered == _count && turn.Number < last.Number))
            {
                _strays.Enqueue(turn.Number, turn);
                return;
            }

            _ordered += _ordered == _count ? 1 : 0;
        }

        MakeRoom();
        _turns[_first + _count++] = turn;
    }

    public bool TryPeek(out Turn turn)
    {
        if (_ordered == 0 && _count > 0)
        {
            Order();
        }

        var isStray = _strays.TryPeek(out _, out var stray);
        turn = _count == 0 || (isStray && stray.CompareTo(_turns[_first]) < 0) ? stray : _turns[_first];
        return _count > 0 || isStray;
    }

    /// <summary>Takes out what was peeked at.</summary>
    public void Dequeue()
    {
        if (_count == 0 || (_strays.TryPeek(out _, out var stray) && stray.CompareTo(_turns[_first]) < 0))
        {
            _strays.Dequeue();
            return;
        }

        _ordered--;
        _first = --_count == 0 ? 0 : _first + 1;
    }

    private void Order()
    {
        var at = _turns[_first].At;
        var isInOrder = true;
        for (_ordered = 1; _ordered < _count && _turns[_first + _ordered] is var next && next.At == at; _ordered++)
        {
            isInOrder &= next.Number >= _turns[_first + _ordered - 1].Number;
        }

        if (!isInOrder)
        {
            _turns.AsSpan(_first, _ordered).Sort();
        }
    }

    private void MakeRoom()
    {
        if (_first + _count < _turns.Length)
        {
            return;
        }

        var room = _count * 2 > _turns.Length ? new Turn[_turns.Length * 2] : _turns;
        Array.Copy(_turns, _first, room, 0, _count);
        (_turns, _first) = (room, 0);
    }
}
