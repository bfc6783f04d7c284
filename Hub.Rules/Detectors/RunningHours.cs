using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// F4: maintenance is due, by the hours a machine has run or by the calendar, whichever is first.
/// <code>
///   ran since the last maintenance   ≥ hours      true
///   time since it                    ≥ calendar   true
/// </code>
/// The last maintenance is the last planned window of its space, or the first report. Gap: what ran before and after it
/// ran through it: a contact's state holds.
/// </summary>
public sealed class RunningHours(Rule rule) : Detector
{
    private readonly long _hours = Ticks(rule, "hours");
    private readonly long _calendar = Ticks(rule, "calendar");

    private long _ran;
    private long _from;
    private long _at;
    private bool _isOn;

    public override long DueTicks => _from == 0
        ? long.MaxValue
        : Math.Min(_from + _calendar, _isOn ? _at + Math.Max(0, _hours - _ran) : long.MaxValue);

    public override Verdict Take(in Sample sample)
    {
        if (_from == 0 || sample.IsExcused)
        {
            (_from, _ran, _at) = (sample.At, 0, sample.At);
        }

        var verdict = Pass(sample.At);
        _isOn = sample.Value >= 0.5;
        return verdict;
    }

    public override Verdict Pass(long knownTicks)
    {
        _ran += _isOn ? knownTicks - _at : 0;
        _at = knownTicks;
        return _ran >= _hours || knownTicks - _from >= _calendar ? Verdict.TrueSince(knownTicks) : Verdict.False;
    }

    public override void Leave(long atTicks) => (_from, _isOn) = (0, false);

    public override Reason Explain(in Sample sample) => new(
        _ran >= _hours ? "F4" : "F4.calendar", sample.At - TimeSpan.TicksPerDay, null, "",
        ("hours", Reason.Duration(_ran)),
        ("since", Reason.Instant(_from)),
        ("limit", Reason.Duration(_ran >= _hours ? _hours : _calendar)));

    public override Measure? Now(in Sample sample) => Measure.Nearer(
        Measure.OfTime(_ran, _hours), Measure.OfTime(sample.At - _from, _calendar));

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _ran);
        state.Sync(ref _from);
        state.Sync(ref _at);
        state.Sync(ref _isOn);
    }
}
