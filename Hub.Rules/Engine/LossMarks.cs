using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// Where readings of one lane of a source are known to be lost: the first instant that came after each of the last
/// few losses. A point knows nothing from its reading before that instant to its reading at or after it.
/// </summary>
internal sealed class LossMarks
{
    private const int MarksMax = 4;

    private readonly long[] _marks = new long[MarksMax];

    public void Add(long beforeTicks)
    {
        Array.Copy(_marks, 1, _marks, 0, MarksMax - 1);
        _marks[^1] = beforeTicks;
    }

    /// <summary>Something was lost in (from, at].</summary>
    public bool IsWithin(long fromTicks, long atTicks)
    {
        foreach (var mark in _marks)
        {
            if (mark > fromTicks && mark <= atTicks)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Something was lost after that.</summary>
    public bool IsAfter(long atTicks) => IsWithin(atTicks, long.MaxValue);

    public void Persist(StateCodec state)
    {
        foreach (ref var mark in _marks.AsSpan())
        {
            state.Sync(ref mark);
        }
    }
}
