using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// W4: water that stands in the pipes of a vacant unit: it has to be flushed.
/// <code>
///   since the last draw   &lt; notice-after   notice-after …   ≥ order-after
///   says                  false            true: a notice   true: a planned flushing order
///   a draw of min-volume within an hour, a visit's or a leak's, ends it
/// </code>
/// Before the vacancy it counts as drawn from. Gap: a register that is the same before and after stood throughout; one
/// that has risen enough was drawn from at its end at the latest. Reset: unknown, the clock runs on. In a planned
/// window nothing is raised, for it may be the flushing, and what is drawn counts.
/// </summary>
public sealed class Stagnation(Rule rule) : Detector
{
    private readonly double _volume = LitresToM3(rule, "min-volume");
    private readonly long _notice = Ticks(rule, "notice-after");
    private readonly long _order = Ticks(rule, "order-after");

    private long _drawnAt;
    private long _hourFrom;
    private double _hour;

    public override Verdict Take(in Sample sample)
    {
        if (Draws(sample))
        {
            return Verdict.False;
        }

        var standing = sample.At - _drawnAt;
        return standing < _notice || sample.IsExcused || !sample.IsConsumption
            ? Verdict.Unknown
            : Verdict.TrueSince(_drawnAt, standing >= _order);
    }

    public override void Leave(long atTicks) => _drawnAt = atTicks;

    public override Reason Explain(in Sample sample) => new(
        "W4", _drawnAt - TimeSpan.TicksPerDay, null, "",
        ("lasting", Reason.Duration(sample.At - _drawnAt)),
        ("at", Reason.Instant(_drawnAt)),
        ("limit", Reason.Duration(_order)));

    public override Measure? Now(in Sample sample) =>
        Measure.OfTime(sample.At - _drawnAt, sample.At - _drawnAt < _notice ? _notice : _order);

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _drawnAt);
        state.Sync(ref _hourFrom);
        state.Sync(ref _hour);
    }

    private bool Draws(in Sample sample)
    {
        // Nobody knows how long it stood before the first reading: it counts from there.
        _drawnAt = _drawnAt == 0 ? sample.At : _drawnAt;
        if (!sample.IsConsumption || sample.Delta <= 0)
        {
            return false;
        }

        if (sample.At - _hourFrom > TimeSpan.TicksPerHour)
        {
            (_hourFrom, _hour) = (sample.From, 0);
        }

        _hour += sample.Delta;
        // The last bit of a sum of litres in m³ must not decide.
        if (_hour < _volume * (1 - 1e-9))
        {
            return false;
        }

        _drawnAt = sample.At;
        return true;
    }
}
