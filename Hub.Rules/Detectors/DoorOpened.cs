using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// D1: a door that opened where nobody should be, or that was left open.
/// <code>
///              vacant, no window     in a window, or somebody lives there
///   opens      true at once          true once it has been open for open-for
///   closes     false                 false
/// </code>
/// A contact reports on change, so its state holds through a quiet spell: that is no gap. When its source is offline or
/// silent the clock of open-for stands still. A window that ends while the door is open makes open-for count from then.
/// </summary>
public sealed class DoorOpened(Rule rule) : Detector
{
    private readonly long _openFor = Ticks(rule, "open-for");

    private bool _isOpen;
    private bool _isExcused;
    private long _openSince;

    public override long DueTicks => _isOpen && _isExcused ? _openSince + _openFor : long.MaxValue;

    public override Verdict Take(in Sample sample)
    {
        if (sample.Value < 0.5)
        {
            (_isOpen, _openSince) = (false, 0);
            return Verdict.False;
        }

        if (!_isOpen)
        {
            (_isOpen, _openSince) = (true, sample.At);
            _isExcused = sample.IsExcused || !sample.IsVacant;
        }

        return Pass(sample.At);
    }

    public override Verdict Pass(long knownTicks)
    {
        if (!_isOpen)
        {
            return Verdict.False;
        }

        return !_isExcused || knownTicks - _openSince >= _openFor ? Verdict.TrueSince(_openSince) : Verdict.False;
    }

    public override void Leave(long atTicks) => (_isOpen, _openSince) = (false, 0);

    public override Reason Explain(in Sample sample) => new(
        _isExcused ? "D1.left" : "D1", _openSince - TimeSpan.TicksPerHour, null, "",
        ("at", Reason.Instant(_openSince)),
        ("limit", Reason.Duration(_openFor)),
        ("since", Reason.Instant(sample.VacantSince)));

    public override Measure? Now(in Sample sample) => _isOpen && _isExcused
        ? Measure.OfTime(sample.At - _openSince, _openFor)
        : new Measure(_isOpen ? 1 : 0, 1, "");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _isOpen);
        state.Sync(ref _isExcused);
        state.Sync(ref _openSince);
    }
}
