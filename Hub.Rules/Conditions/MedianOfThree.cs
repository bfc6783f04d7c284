using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>The middle one of the last three values: a single wild value never gets through.</summary>
public struct MedianOfThree
{
    private double _before;
    private double _last;
    private byte _count;

    public double Take(double value)
    {
        var median = _count < 2
            ? value
            : Math.Max(Math.Min(_before, _last), Math.Min(Math.Max(_before, _last), value));
        (_before, _last) = (_last, value);
        _count = (byte)Math.Min(_count + 1, 2);
        return median;
    }

    public void Persist(StateCodec state)
    {
        state.Sync(ref _before);
        state.Sync(ref _last);
        state.Sync(ref _count);
    }
}
