using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// W2: water that never stops. Two runs are kept (see <see cref="FlowRun"/>): the leak's, at a small flow for long, and
/// the running toilet's, at a flow that no home draws hour after hour, for less long.
/// <code>
///   leak      min-flow  ──────────────────────────────► lasting       (24 h; 2 h in a vacant unit)
///   toilet    fast-flow ──────────► fast-lasting, and longer than has been usual in this home
/// </code>
/// Gap: held, unless the mean over it is below the flow, which proves a stop. Reset: the run is held.
/// The leak's limit is absolute, so a leak that was there on the first day still alarms, on every day.
/// In a planned window water may run: both runs are held still.
/// </summary>
public sealed class Continuous(Rule rule) : Detector
{
    /// <summary>A home's own record counts with this factor.</summary>
    private const double OwnFactor = 1.3;

    /// <summary>An evening's baths and washing pause that long; a valve that hangs does not.</summary>
    private const long ToiletStretch = 20 * TimeSpan.TicksPerMinute;

    private readonly double _flow = LitresToM3(rule, "min-flow");
    private readonly long _lasting = Ticks(rule, "lasting");
    private readonly double _fastFlow = LitresToM3(rule, "fast-flow");
    private readonly long _fastLasting = Ticks(rule, "fast-lasting");

    private FlowRun _leak;
    private FlowRun _toilet;
    private OwnRecord _usual;
    private bool _isFiring;
    private long _toiletSeen;

    private bool IsLeak => _leak.LastingTicks >= _lasting && _leak.Stretches > 1;

    public override Verdict Take(in Sample sample)
    {
        if (!sample.IsConsumption || sample.IsExcused)
        {
            if (sample.Step is not RegisterStep.Suspect)
            {
                _leak.Skip(sample.At);
                _toilet.Skip(sample.At);
            }

            return Verdict.Unknown;
        }

        var isNew = _leak.Take(sample, _flow);
        if (_toilet.Take(sample, _fastFlow, ToiletStretch))
        {
            Learn(sample.At);
        }

        if (IsLeak)
        {
            return Verdict.TrueSince(_leak.SinceTicks);
        }

        if (_toilet.LastingTicks >= _fastLasting && _toilet.LastingTicks >= FastLimit(sample.At))
        {
            return Verdict.TrueSince(_toilet.SinceTicks);
        }

        return isNew ? Verdict.False : Verdict.Unknown;
    }

    public override void Leave(long atTicks)
    {
        _leak.Stop(atTicks);
        _toilet.Stop(atTicks);
        _toiletSeen = 0;
    }

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample)
    {
        var isLeak = IsLeak;
        var run = isLeak ? _leak : _toilet;
        var limit = isLeak ? _flow : _fastFlow;
        return new Reason(
            sample.IsVacant ? "W2.vacant" : "W2", run.SinceTicks - TimeSpan.TicksPerHour, limit * 1000, "l/h",
            ("lasting", Reason.Duration(run.LastingTicks)),
            ("flow", Reason.Number(run.Least * 1000)),
            ("limit", Reason.Number(limit * 1000)),
            ("since", Reason.Instant(sample.VacantSince)));
    }

    public override Measure? Now(in Sample sample) => Measure.Nearer(
        Measure.OfTime(_leak.LastingTicks, _lasting), Measure.OfTime(_toilet.LastingTicks, FastLimit(sample.At)));

    public override void Persist(StateCodec state)
    {
        _leak.Persist(state);
        _toilet.Persist(state);
        _usual.Persist(state);
        state.Sync(ref _isFiring);
        state.Sync(ref _toiletSeen);
    }

    private double FastLimit(long at) => Math.Max(_fastLasting, Math.Min(OwnFactor * _usual.At(at), _lasting));

    private void Learn(long at)
    {
        if (_toilet.LastingTicks == 0 && _toiletSeen > 0 && !_isFiring)
        {
            _usual.Add(_toiletSeen, at);
        }

        _toiletSeen = _isFiring ? 0 : _toilet.LastingTicks;
    }
}
