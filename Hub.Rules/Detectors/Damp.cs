using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// C1: air so damp for a whole day that mould grows on the colder surfaces behind cupboards and in corners.
/// <code>
///   mean of the last 24 h   ≥ humidity                  true
///                           &lt; humidity − deadband     false
///                           between                     as it was
/// </code>
/// Showers and cooking are an hour's matter, which a day's mean forgives.
/// Gap: it must be made up for, as the day is 24 hours that are known, at most 48 h back.
/// </summary>
public sealed class Damp(Rule rule) : Detector
{
    private const int Hours = 24;
    private const double Deadband = 3;

    private readonly double _limit = rule.Parameter("humidity");
    private readonly float[] _means = new float[Hours];

    private Stretch _hour;
    private int _count;
    private int _next;
    private long _lastAt;
    private double _day;

    public override Verdict Take(in Sample sample)
    {
        if (!_hour.Take(sample.From, sample.At, sample.Value, sample.IsGap, TimeSpan.TicksPerHour))
        {
            return Verdict.Unknown;
        }

        _count = _hour.FromTicks - _lastAt > TimeSpan.TicksPerDay ? 0 : _count;
        _lastAt = sample.At;
        _means[_next] = (float)_hour.Mean;
        _next = (_next + 1) % Hours;
        _count = Math.Min(_count + 1, Hours);
        if (_count < Hours)
        {
            return Verdict.Unknown;
        }

        _day = 0;
        foreach (var mean in _means)
        {
            _day += mean / Hours;
        }

        return _day >= _limit ? Verdict.TrueSince(sample.At - TimeSpan.TicksPerDay)
            : _day < _limit - Deadband ? Verdict.False
            : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => _count = 0;

    public override Reason Explain(in Sample sample) => new(
        "C1", sample.At - (2 * TimeSpan.TicksPerDay), _limit, "%RH",
        ("humidity", Reason.Number(_day, 0)),
        ("limit", Reason.Number(_limit, 0)));

    public override Measure? Now(in Sample sample) => _count < Hours
        ? new Measure(_count, Hours, "h", IsLearning: true)
        : new Measure(_day, _limit, "%RH");

    public override void Persist(StateCodec state)
    {
        _hour.Persist(state);
        state.Sync(_means);
        state.Sync(ref _count);
        state.Sync(ref _next);
        state.Sync(ref _lastAt);
        state.Sync(ref _day);
    }
}
