using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>
/// The greatest value that has been usual here lately. Only what ended without an alarm may be added, so an anomaly
/// can't raise its own limit; it fades by half in two months, so a home's habits may change.
/// </summary>
public struct OwnRecord
{
    private const double HalfLifeTicks = 60.0 * TimeSpan.TicksPerDay;

    private double _value;
    private long _at;

    public readonly double At(long ticks) =>
        _value <= 0 || ticks <= _at ? _value : _value * Math.Pow(0.5, (ticks - _at) / HalfLifeTicks);

    public void Add(double value, long ticks)
    {
        // 2^-x > 1 - x: what is below that needs no power.
        if (value >= _value * (1 - ((ticks - _at) / HalfLifeTicks)) && value >= At(ticks))
        {
            (_value, _at) = (value, ticks);
        }
    }

    public void Persist(StateCodec state)
    {
        state.Sync(ref _value);
        state.Sync(ref _at);
    }
}
