namespace Hub.Gateway.Broker;

/// <summary>
/// A token bucket that holds what one second earns, kept as one instant: when all that was spent is earned.
/// </summary>
internal struct Pace
{
    private long _paidAt;

    /// <summary>What may be spent without waiting: at most a second's worth, and less than none in debt.</summary>
    public readonly double Earned(double perSecond, TimeProvider time)
    {
        double second = time.TimestampFrequency;
        return Math.Min(1, (time.GetTimestamp() - _paidAt) / second) * perSecond;
    }

    /// <summary>Spends so much; gives how long it takes until it is earned, zero if it already is.</summary>
    public TimeSpan Spend(double count, double perSecond, TimeProvider time)
    {
        var (now, second) = (time.GetTimestamp(), time.TimestampFrequency);
        _paidAt = Math.Max(_paidAt, now - second) + (long)(count / perSecond * second);
        return _paidAt > now ? time.GetElapsedTime(now, _paidAt) : TimeSpan.Zero;
    }
}
