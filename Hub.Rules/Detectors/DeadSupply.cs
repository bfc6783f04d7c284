using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// E3: no electricity at all, where the home never stops drawing some: the supply is off or the meter is dead.
/// <code>
///   consumption   > 0    false; a standstill that ends without alarm becomes usual
///                 = 0    for lasting, and twice as long as has been usual → true
///                        in a home that knows zero: unknown
/// </code>
/// A home knows zero if it has stood still again and again (off at the main while people are away, one water heater
/// that rests for hours, solar behind the meter) or for days on end (a dead supply is missed by people within a day):
/// drawing nothing says nothing there, until the habit has faded. Nor does it where people have just moved out: they
/// switch off at the main as they leave.
/// Gap: a register that stands before and after it stood throughout; interval data say nothing, and it is held.
/// </summary>
public sealed class DeadSupply(Rule rule) : Detector
{
    private const double OwnFactor = 2;
    private const long LearningTicks = 3 * TimeSpan.TicksPerDay;

    /// <summary>So many standstills in a season make a habit.</summary>
    private const double KnownRuns = 5;
    private const double RunsMax = 2 * KnownRuns;
    private const double RunsHalfLifeTicks = 90.0 * TimeSpan.TicksPerDay;

    /// <summary>What has stood still for so long without anybody missing it was switched off on purpose.</summary>
    private const double MissedWithinTicks = 3.5 * TimeSpan.TicksPerDay;

    /// <summary>The ledger's hour of moving out is no better known than this.</summary>
    private const long LeavingTicks = TimeSpan.TicksPerDay;

    /// <summary>A home whose base is below that may well be quite off while nobody is there.</summary>
    private const float StandingWattsMin = 25;

    private readonly long _lasting = Ticks(rule, "lasting");

    private OwnRecord _usual;
    private long _firstAt;
    private long _zeroFrom;
    private double _runs;
    private long _runsAt;
    private bool _isFiring;

    public override Verdict Take(in Sample sample)
    {
        if (!sample.IsConsumption)
        {
            return Verdict.Unknown;
        }

        _firstAt = _firstAt == 0 ? sample.From : _firstAt;
        if (sample.Delta > 0)
        {
            EndRun(sample.From, sample.At, sample.IsVacant);
            return Verdict.False;
        }

        _zeroFrom = _zeroFrom == 0 ? sample.From : _zeroFrom;
        var isOffAtTimes = sample.IsVacant
            && (sample.Habit is { IsLearnt: true, Base: < StandingWattsMin }
                || Math.Abs(_zeroFrom - sample.VacantSince) <= LeavingTicks);
        var run = sample.At - _zeroFrom;
        var isLong = run >= _lasting && run >= Limit(sample.At) && sample.At - _firstAt >= LearningTicks;
        return isLong && !isOffAtTimes && !KnowsZero(sample.At) ? Verdict.TrueSince(_zeroFrom) : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => _zeroFrom = 0;

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample) => new(
        "E3", _zeroFrom - TimeSpan.TicksPerDay, 0, "W", ("lasting", Reason.Duration(sample.At - _zeroFrom)));

    public override Measure? Now(in Sample sample) => sample.At - _firstAt < LearningTicks
        ? Measure.OfTime(sample.At - _firstAt, LearningTicks, isLearning: true)
        : Measure.OfTime(_zeroFrom == 0 ? 0 : sample.At - _zeroFrom, Limit(sample.At));

    public override void Persist(StateCodec state)
    {
        _usual.Persist(state);
        state.Sync(ref _firstAt);
        state.Sync(ref _zeroFrom);
        state.Sync(ref _runs);
        state.Sync(ref _runsAt);
        state.Sync(ref _isFiring);
    }

    private bool KnowsZero(long at) =>
        !_isFiring && (RunsAt(at) >= KnownRuns || _usual.At(at) >= MissedWithinTicks);

    private double Limit(long at) => Math.Max(_lasting, OwnFactor * _usual.At(at));

    private double RunsAt(long at) => _runs * Math.Pow(0.5, Math.Max(0, at - _runsAt) / RunsHalfLifeTicks);

    private void EndRun(long to, long at, bool isVacant)
    {
        if (_zeroFrom == 0)
        {
            return;
        }

        (_runs, _runsAt) = (Math.Min(RunsAt(at) + 1, RunsMax), at);
        // In an empty home nobody puts a switch back: what ended by itself was a rest, even if it had alarmed.
        if (isVacant || !_isFiring)
        {
            _usual.Add(to - _zeroFrom, at);
        }

        _zeroFrom = 0;
    }
}
