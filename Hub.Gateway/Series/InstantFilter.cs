namespace Hub.Gateway.Series;

/// <summary>
/// Drops exact doubles from readings in time order: a reading is one if the same point had the same value at the same
/// instant before. Different values of one instant all stay. Pure.
/// </summary>
internal sealed class InstantFilter
{
    // Nearly every instant has one value: the set is touched only from the second on.
    private readonly HashSet<long> _seen = [];
    private long _at = long.MinValue;
    private long _first;

    /// <summary>How many different values this instant had before the last one that was new.</summary>
    public int Ordinal { get; private set; }

    /// <summary>Before another walk.</summary>
    public void Restart()
    {
        _at = long.MinValue;
        _seen.Clear();
    }

    public bool IsNew(in Sample sample)
    {
        var bits = BitConverter.DoubleToInt64Bits(sample.Value);
        if (sample.AtTicks != _at)
        {
            (_at, _first, Ordinal) = (sample.AtTicks, bits, 0);
            if (_seen.Count > 0)
            {
                _seen.Clear();
            }

            return true;
        }

        if (bits == _first || !_seen.Add(bits))
        {
            return false;
        }

        Ordinal++;
        return true;
    }
}
