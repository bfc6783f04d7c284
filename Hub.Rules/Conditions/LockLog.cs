using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>
/// When a lock was locked and unlocked lately. The last few changes are kept, because a door and its lock are put in
/// order each for itself: which of them is judged first must not matter.
/// </summary>
public sealed class LockLog
{
    private const int KeptMax = 8;

    private readonly long[] _at = new long[KeptMax];
    private int _count;
    private bool _isLocked;

    /// <summary>The lock says how it is, as of an instant after all before.</summary>
    public void Take(long atTicks, bool isLocked)
    {
        if (_count > 0 && isLocked == _isLocked)
        {
            return;
        }

        if (_count == KeptMax)
        {
            Array.Copy(_at, 1, _at, 0, --_count);
        }

        (_at[_count++], _isLocked) = (atTicks, isLocked);
    }

    /// <summary>Whether it was locked just before that instant; false where that is not known.</summary>
    public bool WasLocked(long atTicks)
    {
        // The states alternate, and the last is known.
        var isLocked = _isLocked;
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_at[i] < atTicks)
            {
                return isLocked;
            }

            isLocked = !isLocked;
        }

        return false;
    }

    /// <summary>Whether it was unlocked in [from, to].</summary>
    public bool WasUnlocked(long fromTicks, long toTicks)
    {
        var isLocked = _isLocked;
        for (var i = _count - 1; i >= 0; i--)
        {
            if (!isLocked && _at[i] >= fromTicks && _at[i] <= toTicks)
            {
                return true;
            }

            isLocked = !isLocked;
        }

        return false;
    }

    public void Persist(StateCodec state)
    {
        state.Sync(ref _count);
        state.Sync(ref _isLocked);
        for (var i = 0; i < _count; i++)
        {
            state.Sync(ref _at[i]);
        }
    }
}
