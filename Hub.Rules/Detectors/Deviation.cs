using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// F3: a value outside its seasonal band (see <see cref="SeasonalBand"/>), hour after hour.
/// <code>
///   distance of the hour's mean from the usual one, in spreads
///     outside all that was seen in five weeks   ≤ deviation   false     > deviation       for lasting → true
///     seen in them, at another hour             ≤ 2 × that    false     > 2 × that        for lasting → true
///   while it fires                              0.7 of either, so that it doesn't flap
/// </code>
/// An hour that is off, or on the same side by 0.7 of it since one was, is never learnt, so a fault can't become usual;
/// only a level that has stayed for new-usual, told of all that time, begins a new band.
/// Gap: the hour it falls in says nothing, and doesn't count towards lasting. Window: held, and not learnt.
/// </summary>
public sealed class Deviation(Rule rule) : Detector
{
    private const double SeenFactor = 2;
    private const double HoldFactor = 0.7;

    /// <summary>A value this many spreads beyond the range of five weeks has never been seen.</summary>
    private const double BeyondRange = 0.5;

    private readonly double _deviation = rule.Parameter("deviation");
    private readonly double _least = rule.Parameter("at-least");
    private readonly long _lasting = Ticks(rule, "lasting");
    private readonly long _newUsual = Ticks(rule, "new-usual");
    private readonly SeasonalBand _band = new();

    private Stretch _hour;
    private long _since;
    private int _hours;
    private bool _isAbove;
    private bool _isFiring;

    private double Off => Math.Abs(_hour.Mean - _band.Centre);

    private double Limit
    {
        get
        {
            var beyond = BeyondRange * _band.Spread;
            var isSeen = _hour.Mean >= _band.Least - beyond && _hour.Mean <= _band.Greatest + beyond;
            return Math.Max(_least, _deviation * _band.Spread) * (_isFiring ? HoldFactor : isSeen ? SeenFactor : 1);
        }
    }

    public override Verdict Take(in Sample sample)
    {
        if (!_hour.Take(sample.From, sample.At, sample.Value, sample.IsGap, TimeSpan.TicksPerHour)
            || sample.IsExcused)
        {
            return Verdict.Unknown;
        }

        _band.MoveTo((_hour.FromTicks + (TimeSpan.TicksPerHour / 2)) / TimeSpan.TicksPerHour);
        if (!_band.IsLearnt)
        {
            // A new band says nothing yet, and the alarm of the old one is over.
            _band.Learn(_hour.Mean);
            return _isFiring ? Verdict.False : Verdict.Unknown;
        }

        var isAbove = _hour.Mean > _band.Centre;
        var isSameSide = _since == 0 || isAbove == _isAbove;
        if (isSameSide && Off > Limit)
        {
            return GoOn(sample.At, isAbove);
        }

        if (isSameSide && _since != 0 && !_isFiring && Off > HoldFactor * _deviation * _band.Spread)
        {
            return Verdict.Unknown;
        }

        Stop();
        _band.Learn(_hour.Mean);
        return Verdict.False;
    }

    public override void Leave(long atTicks) => Stop();

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample) => new(
        "F3", _since - (7 * TimeSpan.TicksPerDay), _band.Centre, "",
        ("value", Reason.Number(_hour.Mean)),
        ("lasting", Reason.Duration(_hours * TimeSpan.TicksPerHour)),
        ("usual", Reason.Number(_band.Centre)),
        ("limit", Reason.Number(_deviation * _band.Spread)));

    public override Measure? Now(in Sample sample) =>
        !_band.IsLearnt ? new Measure(_band.Days, 7, "d", IsLearning: true)
        : _since != 0 ? Measure.OfTime(_hours * TimeSpan.TicksPerHour, _lasting)
        : new Measure(Off, Limit, "");

    public override void Persist(StateCodec state)
    {
        _band.Persist(state);
        _hour.Persist(state);
        state.Sync(ref _since);
        state.Sync(ref _hours);
        state.Sync(ref _isAbove);
        state.Sync(ref _isFiring);
    }

    private Verdict GoOn(long at, bool isAbove)
    {
        _since = _since == 0 ? _hour.FromTicks : _since;
        _isAbove = isAbove;
        _hours++;
        if (at - _since >= _newUsual)
        {
            _band.Clear();
            Stop();
            return Verdict.False;
        }

        return _hours * TimeSpan.TicksPerHour >= _lasting ? Verdict.TrueSince(_since) : Verdict.Unknown;
    }

    private void Stop() => (_since, _hours) = (0, 0);
}
