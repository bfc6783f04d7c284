using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// W1: any water use in a vacant unit outside a planned window.
/// <code>
///   litres within the hour   &lt; limit        ≥ limit, first    ≥ limit, again after repeat-for
///   says                     false          true: a notice    true: an order
/// </code>
/// Gap: the sum over it counts if all of it lies in the vacancy; the register knows, whenever it ran.
/// Reset, first reading: unknown. A reading that begins before the vacancy, or touches a window, is excused.
/// </summary>
public sealed class AnyUse(Rule rule) : Detector
{
    private readonly double _limit = LitresToM3(rule, "min-volume");
    private readonly long _repeatFor = Ticks(rule, "repeat-for");

    private double _volume;
    private long _hourFrom;
    private long _firstUseAt;
    private double _total;

    public override Verdict Take(in Sample sample)
    {
        if (!sample.IsConsumption)
        {
            return Verdict.Unknown;
        }

        if (sample.IsExcused || !sample.IsVacantThroughout)
        {
            Forget(sample.At);
            return Verdict.False;
        }

        if (sample.At - _hourFrom > TimeSpan.TicksPerHour)
        {
            // One reading's span at least is kept together, whatever the cadence.
            (_hourFrom, _volume) = (sample.From, 0);
        }

        _volume += sample.Delta;
        if (_volume < Limit(sample))
        {
            return _firstUseAt == 0 || sample.Delta <= 0 ? Quiet(sample) : Verdict.Unknown;
        }

        _total += sample.Delta;
        _firstUseAt = _firstUseAt == 0 ? sample.At : _firstUseAt;
        return sample.Delta > 0
            ? Verdict.TrueSince(_firstUseAt, sample.At - _firstUseAt >= _repeatFor)
            : Quiet(sample);
    }

    public override void Leave(long atTicks) => Forget(atTicks);

    public override void OnFiring(bool isFiring)
    {
        if (!isFiring)
        {
            (_firstUseAt, _total, _volume) = (0, 0, 0);
        }
    }

    public override Reason Explain(in Sample sample) => new(
        "W1", _firstUseAt - TimeSpan.TicksPerHour, null, "",
        ("litres", Reason.Number(Math.Max(_total, _volume) * 1000)),
        ("since", Reason.Instant(sample.VacantSince)),
        ("limit", Reason.Number(_limit * 1000)));

    public override Measure? Now(in Sample sample) =>
        new Measure(Math.Max(_total, _volume) * 1000, Limit(sample) * 1000, "L");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _volume);
        state.Sync(ref _hourFrom);
        state.Sync(ref _firstUseAt);
        state.Sync(ref _total);
    }

    private static Verdict Quiet(in Sample sample) => sample.Delta <= 0 ? Verdict.False : Verdict.Unknown;

    private double Limit(in Sample sample) => Math.Max(_limit, sample.Resolution * 1.01);

    private void Forget(long at) => (_volume, _hourFrom, _firstUseAt, _total) = (0, at, 0, 0);
}
