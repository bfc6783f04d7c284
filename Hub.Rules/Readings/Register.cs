namespace Hub.Rules.Readings;

/// <summary>
/// The cumulative count that a meter shows, and what was really consumed between two of its values.
/// <code>
///              rises, possible                      99,999.9 → 0.3
///   Trusted ──────────────────► Trusted    Trusted ────────────────► Trusted (+0.4)
///      │ falls, or jumps beyond the physical maximum
///      ▼
///   Suspect ── next fits the old value ──► Trusted (a blip; consumption goes on from the old value)
///      └────── next fits the suspect ───► Reversed (a fall a pipe can carry) | Reset (a fall it can't)
///                                         CaughtUp (a jump that what stood still before makes possible) | Jumped
/// </code>
/// A suspect value never becomes consumption, and one alone never starts an epoch: a zero after a brown-out and a
/// corrupt digit look just like a new meter until the reading after them. At a gap the delta is right as a sum, and
/// how it is spread over the gap is unknown; <see cref="RegisterAdvance.FromTicks"/> tells.
/// </summary>
public struct Register
{
    /// <summary>
    /// Below this span a rate says nothing (two readings of one second), so that long at least is assumed.
    /// </summary>
    private const long SpanTicksMin = TimeSpan.TicksPerMinute;

    /// <summary>A backflow is weaker than a supply: this share of the greatest rate at most.</summary>
    private const double ReverseShareMax = 0.25;

    /// <summary>
    /// A display that hung and goes on shows what ran meanwhile: this share of the greatest rate on average, at most.
    /// </summary>
    private const double CatchUpShareMax = 0.05;

    private double _last;
    private double _suspect;
    private long _suspectTicks;
    private long _movedTicks;
    private bool _hasLast;
    private bool _hasSuspect;

    /// <summary>The time of the last trusted value; 0 before the first.</summary>
    public long LastTicks { get; private set; }

    /// <summary>How often it began anew: exchanges, resets and jumps.</summary>
    public int Epoch { get; private set; }

    /// <summary>The last trusted value.</summary>
    public readonly double Last => _last;

    /// <param name="atTicks">Event time, newer than the value before.</param>
    /// <param name="value">The value shown.</param>
    /// <param name="rateMax">The greatest physical rate per hour (1.25 × Q4 for water, the main fuse for
    /// power).</param>
    /// <param name="rolloverAt">The first value the meter can't show, if known; else a power of ten is
    /// inferred.</param>
    /// <param name="resolution">The least step (the pulse weight), 0 if unknown.</param>
    public RegisterAdvance Take(long atTicks, double value, double rateMax, double? rolloverAt, double resolution)
    {
        if (!double.IsFinite(value) || value < 0 || (_hasLast && atTicks <= LastTicks))
        {
            return new RegisterAdvance(RegisterStep.Refused, double.NaN, LastTicks, value);
        }

        if (!_hasLast)
        {
            return Begin(RegisterStep.First, atTicks, value, 0);
        }

        var possible = Possible(LastTicks, atTicks, rateMax, resolution);
        var delta = value - _last;
        if (delta >= 0 && delta <= possible)
        {
            return Trust(_hasSuspect ? RegisterStep.BlipOver : RegisterStep.Advanced, atTicks, value, delta);
        }

        if (delta < 0 && RolloverDelta(value, rolloverAt, possible) is { } rolled)
        {
            return Trust(RegisterStep.RolledOver, atTicks, value, rolled);
        }

        return _hasSuspect && FitsSuspect(atTicks, value, rateMax, resolution)
            ? Confirm(atTicks, value, rateMax, resolution)
            : Suspect(atTicks, value, delta);
    }

    /// <summary>
    /// An exchange that was announced: what the old meter still counted is consumption, then the new one begins.
    /// </summary>
    public RegisterAdvance Exchange(long atTicks, double finalRegister, double startRegister)
    {
        var from = LastTicks;
        var rest = _hasLast && finalRegister >= _last ? finalRegister - _last : double.NaN;
        (_last, LastTicks, _hasLast, _hasSuspect, _movedTicks) = (startRegister, atTicks, true, false, atTicks);
        Epoch++;
        return new RegisterAdvance(RegisterStep.Advanced, rest, from);
    }

    private static double Possible(long from, long to, double rateMax, double resolution) =>
        (rateMax * Math.Max(to - from, SpanTicksMin) / TimeSpan.TicksPerHour) + (2 * resolution);

    /// <summary>Without a known modulus, one is believed only if both sides stand right at a power of ten.</summary>
    private readonly double? RolloverDelta(double value, double? rolloverAt, double possible)
    {
        var modulus = rolloverAt ?? Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(_last, 1))));
        var delta = value + modulus - _last;
        var isNear = rolloverAt is not null || (_last > modulus * 0.98 && value < modulus * 0.02);
        return delta >= 0 && delta <= possible && isNear ? delta : null;
    }

    private readonly bool FitsSuspect(long atTicks, double value, double rateMax, double resolution)
    {
        var possible = Possible(_suspectTicks, atTicks, rateMax, resolution);
        return Math.Abs(value - _suspect) <= possible;
    }

    private RegisterAdvance Confirm(long atTicks, double value, double rateMax, double resolution)
    {
        var delta = value - _last;
        var backwards = ReverseShareMax * Possible(LastTicks, atTicks, rateMax, resolution);
        if (delta < 0 && -delta <= backwards && value > _last * 0.5)
        {
            return Trust(RegisterStep.Reversed, atTicks, value, delta);
        }

        var stoodHours = (_suspectTicks - _movedTicks) / (double)TimeSpan.TicksPerHour;
        if (delta > 0 && _movedTicks < LastTicks && delta <= CatchUpShareMax * rateMax * stoodHours)
        {
            var stoodFrom = _movedTicks;
            return Trust(RegisterStep.CaughtUp, atTicks, value, delta) with { FromTicks = stoodFrom };
        }

        Epoch++;
        return Begin(delta < 0 ? RegisterStep.Reset : RegisterStep.Jumped, atTicks, value, delta);
    }

    private RegisterAdvance Trust(RegisterStep step, long atTicks, double value, double delta)
    {
        var from = LastTicks;
        _movedTicks = delta == 0 ? _movedTicks : atTicks;
        (_last, LastTicks, _hasSuspect) = (value, atTicks, false);
        return new RegisterAdvance(step, delta, from);
    }

    private RegisterAdvance Begin(RegisterStep step, long atTicks, double value, double excess)
    {
        var from = LastTicks;
        (_last, LastTicks, _hasLast, _hasSuspect, _movedTicks) = (value, atTicks, true, false, atTicks);
        return new RegisterAdvance(step, double.NaN, from, excess);
    }

    private RegisterAdvance Suspect(long atTicks, double value, double excess)
    {
        (_suspect, _suspectTicks, _hasSuspect) = (value, atTicks, true);
        return new RegisterAdvance(RegisterStep.Suspect, double.NaN, LastTicks, excess);
    }

    public void Persist(StateCodec state)
    {
        var (ticks, epoch) = (LastTicks, Epoch);
        state.Sync(ref ticks);
        state.Sync(ref epoch);
        (LastTicks, Epoch) = (ticks, epoch);
        state.Sync(ref _last);
        state.Sync(ref _suspect);
        state.Sync(ref _suspectTicks);
        state.Sync(ref _movedTicks);
        state.Sync(ref _hasLast);
        state.Sync(ref _hasSuspect);
    }
}
