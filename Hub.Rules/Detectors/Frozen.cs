using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// Q2: exactly the same value again and again, where the point's own past moves. Zero is not judged here: nothing used
/// is a fact of its own (E3, M1).
/// <code>
///   value   another one   false; a run that ends without alarm, or by the sensor's least step, becomes usual
///           the same      for lasting, in so many readings, and twice as many as usual → true
/// </code>
/// Gap: the run is held; a reading after it that is the same goes on with it.
/// </summary>
public sealed class Frozen(Rule rule) : Detector
{
    private const double StepsAlive = 1.5;

    private readonly long _lasting = Ticks(rule, "lasting");
    private readonly double _readings = rule.Parameter("readings");
    private readonly double _ownFactor = rule.Parameter("own-factor");

    private OwnRecord _usual;
    private double _value = double.NaN;
    private long _since;
    private int _count;
    private double _step = double.NaN;
    private bool _isFiring;

    public override Verdict Take(in Sample sample)
    {
        if (sample.Value != _value || sample.Value == 0)
        {
            // A sensor that hung comes back with a jump. One step on, it was alive, and its air stood still.
            var moved = Math.Abs(sample.Value - _value);
            _step = moved > 0 && !(moved >= _step) ? moved : _step;
            if (!_isFiring || moved <= _step * StepsAlive)
            {
                _usual.Add(_count, sample.At);
            }

            (_value, _since, _count) = (sample.Value, sample.At, 1);
            return Verdict.False;
        }

        _count++;
        return sample.At - _since >= _lasting && _count >= _readings && _count >= _ownFactor * _usual.At(sample.At)
            ? Verdict.TrueSince(_since)
            : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => (_value, _count) = (double.NaN, 0);

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample) => new(
        "Q2", _since - TimeSpan.TicksPerDay, null, "",
        ("value", Reason.Number(_value, 3)),
        ("count", Reason.Number(_count, 0)),
        ("lasting", Reason.Duration(sample.At - _since)));

    public override Measure? Now(in Sample sample) => Measure.Farther(
        Measure.OfTime(sample.At - _since, _lasting),
        new Measure(_count, Math.Max(_readings, _ownFactor * _usual.At(sample.At)), ""));

    public override void Persist(StateCodec state)
    {
        _usual.Persist(state);
        state.Sync(ref _value);
        state.Sync(ref _since);
        state.Sync(ref _count);
        state.Sync(ref _step);
        state.Sync(ref _isFiring);
    }
}
