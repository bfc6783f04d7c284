namespace Hub.Edge.Sensing;

/// <summary>
/// Counts an S0 output (IEC 62053-31: at least 30 ms on, at least 30 ms off, so at most 16.7 pulses a second) into a
/// register. A register, not deltas: a message that comes twice or never then costs resolution, not litres.
/// <code>
///        ┌──on──┐        ┌──on──┐
///   ─off─┘      └──off───┘      └──     a pulse counts at its falling edge, if on and the off before were long enough
/// </code>
/// </summary>
public sealed class PulseRegister
{
    private readonly PulseLimits _limits;
    private long? _roseAt;
    private long? _fellAt;
    private long? _countedAt;
    private bool _hasFallCounted;

    public PulseRegister(PulseLimits limits, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (_limits, Count) = (limits, count);
    }

    /// <summary>Pulses since the register was put in; never goes backwards.</summary>
    public long Count { get; private set; }

    /// <summary>Edges that were no pulse: bounce, crosstalk, a pulse train faster than any meter's.</summary>
    public long Rejected { get; private set; }

    /// <summary>What the meter would show: where it stood when the counting began, plus the pulses.</summary>
    public double Value => _limits.Start + Count * _limits.Weight;

    /// <summary>Takes an edge at the kernel's monotonic time; true if it completed a pulse.</summary>
    public bool Take(bool isActive, long nanoseconds)
    {
        if (isActive)
        {
            if (_fellAt is { } fell && nanoseconds - fell < _limits.OffNanosecondsMin)
            {
                // Too soon after the last fall: that fall was not the end of a pulse. If it counted as one, what goes
                // on is the pulse already counted; otherwise the contact is still bouncing on its way in.
                Rejected++;
                _roseAt = _hasFallCounted ? null : nanoseconds;
                return false;
            }

            _roseAt = nanoseconds;
            return false;
        }

        _fellAt = nanoseconds;
        if (_roseAt is not { } rose)
        {
            return false; // Half a pulse (the first edge since start is a fall), or the rest of one that counted.
        }

        _roseAt = null;
        var isTooShort = nanoseconds - rose < _limits.OnNanosecondsMin;
        var isTooFast = _countedAt is { } counted && nanoseconds - counted < _limits.PeriodNanosecondsMin;
        if (isTooShort || isTooFast)
        {
            Rejected++;
            _hasFallCounted = false;
            return false;
        }

        _hasFallCounted = true;
        _countedAt = nanoseconds;
        Count++;
        return true;
    }

    /// <summary>What was counted before, once that is known: what has been counted since comes on top of it.</summary>
    public void Add(long before)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        Count += before;
    }

    /// <summary>The events before the next one were lost: what is half-seen must not become a pulse.</summary>
    public void Forget() => (_roseAt, _fellAt) = (null, null);
}
