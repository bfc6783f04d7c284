using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// Q1: a value that can't be: an interval beyond the greatest physical rate, a register that drops or jumps and comes
/// back, a negative one.
/// <code>
///   step        suspect, of an interval   suspect, of a register   then blip over         refused   anything else
///   says        true                      unknown                  true unless rounding   true      false
/// </code>
/// A register's fall or jump alone is not judged: it may be a rollover or an exchange, which the next reading tells.
/// Gap: none of it; the possible amount grows with the gap.
/// </summary>
public sealed class Impossible(Rule rule) : Detector
{
    /// <summary>A step or two back is a meter's needle trembling, not a fault.</summary>
    private const double StepsOfNoise = 3;

    private readonly double _factor = rule.Parameter("rate-factor");

    private double _excess;
    private double _value;

    public override Verdict Take(in Sample sample)
    {
        var isJump = sample is { Step: RegisterStep.Suspect, IsInterval: true }
            && sample.Excess > sample.RateMax * Math.Max(sample.Hours, 1.0 / 60) * _factor;
        var isBlip = sample.Step == RegisterStep.BlipOver && Math.Abs(_excess) > StepsOfNoise * sample.Resolution;
        if (sample.Step == RegisterStep.Suspect)
        {
            (_excess, _value) = (sample.Excess, sample.Value);
        }

        if (isJump || isBlip || sample.Step == RegisterStep.Refused)
        {
            _value = isBlip ? _value : sample.Value;
            return Verdict.TrueSince(sample.At);
        }

        return sample.Step == RegisterStep.Suspect ? Verdict.Unknown : Verdict.False;
    }

    public override void Leave(long atTicks) => _excess = 0;

    public override Reason Explain(in Sample sample) => new(
        "Q1", sample.At - TimeSpan.TicksPerDay, null, "",
        ("value", Reason.Number(_value, 3)),
        ("limit", Reason.Number(sample.RateMax, 1)));

    public override Measure? Now(in Sample sample) => sample.IsConsumption && sample.Hours > 0
        ? new Measure(sample.Delta / sample.Hours, sample.RateMax * _factor, "/h")
        : null;

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _excess);
        state.Sync(ref _value);
    }
}
