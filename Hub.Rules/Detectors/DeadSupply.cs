using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// E3: no electricity at all, where the home never stops drawing some: the supply is off or the meter is dead.
/// <code>
///   consumption   > 0    false; a standstill that ends without alarm becomes usual
///                 = 0    for lasting, and twice as long as has been usual → true
/// </code>
/// Gap: a register that stands before and after it stood throughout; interval data say nothing, and it is held.
/// </summary>
public sealed class DeadSupply(Rule rule) : Detector
{
    private const double OwnFactor = 2;
    private const long LearningTicks = 3 * TimeSpan.TicksPerDay;

    private readonly long _lasting = Ticks(rule, "lasting");

    private OwnRecord _usual;
    private long _firstAt;
    private long _zeroFrom;
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
            if (_zeroFrom != 0 && !_isFiring)
            {
                _usual.Add(sample.From - _zeroFrom, sample.At);
            }

            _zeroFrom = 0;
            return Verdict.False;
        }

        _zeroFrom = _zeroFrom == 0 ? sample.From : _zeroFrom;
        var isLong = sample.At - _zeroFrom >= Math.Max(_lasting, OwnFactor * _usual.At(sample.At));
        return isLong && sample.At - _firstAt >= LearningTicks ? Verdict.TrueSince(_zeroFrom) : Verdict.Unknown;
    }

    public override void Leave(in Sample sample) => _zeroFrom = 0;

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample) => new(
        "E3", _zeroFrom - TimeSpan.TicksPerDay, 0, "W", ("lasting", Reason.Duration(sample.At - _zeroFrom)));

    public override void Persist(StateCodec state)
    {
        _usual.Persist(state);
        state.Sync(ref _firstAt);
        state.Sync(ref _zeroFrom);
        state.Sync(ref _isFiring);
    }
}
