using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// F1: a value beyond a fixed limit.
/// <code>
///        high ─────────────────  ≥: true
///        high − deadband ······   between: as it was
///                                 inside: false
///        low + deadband ·······   between: as it was
///        low ──────────────────  ≤: true
/// </code>
/// On-delay and off-delay are the rule's. Gap: nobody knows whether it stayed beyond, so an on-delay that is running
/// begins anew after it; a firing alarm is held. Window: held, for plant is worked on.
/// </summary>
public sealed class BeyondLimit(Rule rule) : Detector
{
    private readonly double _low = rule.Parameter("low");
    private readonly double _high = rule.Parameter("high");
    private readonly double _deadband = rule.Parameter("deadband");

    private double _value;
    private long _since;
    private bool _isFiring;

    private bool IsLow => _value <= _low;

    public override Verdict Take(in Sample sample)
    {
        _value = sample.Value;
        if (sample.IsExcused)
        {
            return Verdict.Unknown;
        }

        if (IsLow || _value >= _high)
        {
            if (sample.IsGap && sample.From != 0 && !_isFiring)
            {
                _since = 0;
                return Verdict.False;
            }

            _since = _since == 0 ? sample.At : _since;
            return Verdict.TrueSince(_since);
        }

        if (_value < _low + _deadband || _value > _high - _deadband)
        {
            return Verdict.Unknown;
        }

        _since = 0;
        return Verdict.False;
    }

    public override void Leave(long atTicks) => _since = 0;

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample) => new(
        IsLow ? "F1.low" : "F1.high", _since - TimeSpan.TicksPerDay, IsLow ? _low : _high, "",
        ("value", Reason.Number(_value, 2)),
        ("lasting", Reason.Duration(sample.At - _since)),
        ("limit", Reason.Number(IsLow ? _low : _high, 2)));

    public override Measure? Now(in Sample sample) =>
        new(_value, Math.Abs(_value - _low) <= Math.Abs(_high - _value) ? _low : _high, "");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _value);
        state.Sync(ref _since);
        state.Sync(ref _isFiring);
    }
}
