using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>
/// Means of a gauge over stretches of an hour (or as long as its readings are apart). Each reading counts for the time
/// since the one before; a gap ends the stretch, which then says nothing.
/// </summary>
public struct Stretch
{
    private double _sum;
    private long _from;
    private long _at;

    /// <summary>The mean of the last whole stretch.</summary>
    public double Mean { get; private set; }

    /// <summary>When the last whole stretch began.</summary>
    public long FromTicks { get; private set; }

    /// <summary>Takes a value that held in (from, at]; true if it completed a stretch.</summary>
    public bool Take(long fromTicks, long atTicks, double value, bool isGap, long stretchTicks)
    {
        if (isGap || fromTicks == 0 || _from == 0 || fromTicks != _at)
        {
            (_sum, _from, _at) = (0, atTicks, atTicks);
            return false;
        }

        _sum += value * (atTicks - fromTicks);
        _at = atTicks;
        if (atTicks - _from < stretchTicks)
        {
            return false;
        }

        (Mean, FromTicks) = (_sum / (atTicks - _from), _from);
        (_sum, _from) = (0, atTicks);
        return true;
    }

    public void Persist(StateCodec state)
    {
        var (mean, from) = (Mean, FromTicks);
        state.Sync(ref mean);
        state.Sync(ref from);
        (Mean, FromTicks) = (mean, from);
        state.Sync(ref _sum);
        state.Sync(ref _from);
        state.Sync(ref _at);
    }
}
