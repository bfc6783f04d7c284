using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// M1: a register that stands still although people live there and have used it day by day.
/// <code>
///   register   rises    false; a standstill that ends without alarm becomes usual (a weekend away)
///              stands   for lasting, and own-factor times as long as has been usual → true
///              jumps    by what ran while it stood → true: it was stuck, however short that was
/// </code>
/// Gap: a register that is the same before and after it stood throughout. It needs a fortnight of service first.
/// </summary>
public sealed class StuckRegister(Rule rule) : Detector
{
    private const long LearningTicks = 14 * TimeSpan.TicksPerDay;

    private readonly long _lasting = Ticks(rule, "lasting");
    private readonly double _ownFactor = rule.Parameter("own-factor");

    private OwnRecord _usual;
    private long _firstAt;
    private long _movedAt;
    private double _caughtUp;
    private bool _isFiring;

    /// <summary>Set by whoever binds it: water is told in litres, electricity in kWh.</summary>
    public bool IsWater { get; init; } = true;

    public override Verdict Take(in Sample sample)
    {
        _firstAt = _firstAt == 0 ? sample.At : _firstAt;
        if (!sample.IsConsumption)
        {
            return Verdict.Unknown;
        }

        if (sample.Step == RegisterStep.CaughtUp)
        {
            (_movedAt, _caughtUp) = (sample.At, sample.Delta);
            return Verdict.TrueSince(sample.From);
        }

        if (sample.Delta > 0 || _movedAt == 0)
        {
            if (_movedAt != 0 && !_isFiring)
            {
                _usual.Add(sample.From - _movedAt, sample.At);
            }

            (_movedAt, _caughtUp) = (sample.At, 0);
            return Verdict.False;
        }

        var stood = sample.At - _movedAt;
        return stood >= _lasting && _movedAt - _firstAt >= LearningTicks && stood >= Limit(sample.At)
            ? Verdict.TrueSince(_movedAt)
            : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => _movedAt = 0;

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample) => _caughtUp > 0 ? ExplainJump(sample) : new(
        "M1", _movedAt - TimeSpan.TicksPerDay, null, "",
        ("lasting", Reason.Duration(sample.At - _movedAt)),
        ("at", Reason.Instant(_movedAt)));

    public override Measure? Now(in Sample sample) => _movedAt - _firstAt < LearningTicks
        ? Measure.OfTime((_movedAt == 0 ? sample.At : _movedAt) - _firstAt, LearningTicks, isLearning: true)
        : Measure.OfTime(sample.At - _movedAt, Limit(sample.At));

    public override void Persist(StateCodec state)
    {
        _usual.Persist(state);
        state.Sync(ref _firstAt);
        state.Sync(ref _movedAt);
        state.Sync(ref _caughtUp);
        state.Sync(ref _isFiring);
    }

    private Reason ExplainJump(in Sample sample) => new(
        "M1.jump", sample.From - TimeSpan.TicksPerDay, null, "",
        ("lasting", Reason.Duration(sample.At - sample.From)),
        ("at", Reason.Instant(sample.From)),
        ("amount", Reason.Number(IsWater ? _caughtUp * 1000 : _caughtUp)),
        ("unit", IsWater ? "L" : "kWh"));

    private double Limit(long at) => Math.Max(_lasting, _ownFactor * _usual.At(at));
}
