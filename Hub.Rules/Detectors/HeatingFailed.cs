using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// C3: a room that heating used to hold has got cold, or frost is near.
/// <code>
///   hour's mean  ≤ frost, for frost-lasting                                          true, whatever was before
///                &lt; below, and &lt; the coldest hour of the last good days − fall,
///                  for lasting                                                       true
///                else                                                                false
/// </code>
/// As long as fewer than 14 good days are known the fall must be greater, up to twice, for the first cold spell is yet
/// to come. What is usual rests on days without alarm and is forgotten when people move in or out, as heating is set
/// anew then. A room that stays colder for a week has been told of: that is its new usual. Frost has no usual.
/// Gap: the hour it falls in says nothing; what has lasted is held. Window: held, for heating may be off then.
/// </summary>
public sealed class HeatingFailed(Rule rule) : Detector
{
    private const int DaysKept = 14;
    private const int DaysEnough = 4;
    private const long NewUsualTicks = 7 * TimeSpan.TicksPerDay;

    /// <summary>Rooms that rest colder than this are cellars and stairs: nobody heats them.</summary>
    private const double HeatedMin = 12;

    private readonly double _frost = rule.Parameter("frost");
    private readonly long _frostLasting = Ticks(rule, "frost-lasting");
    private readonly double _fall = rule.Parameter("fall");
    private readonly double _below = rule.Parameter("below");
    private readonly long _lasting = Ticks(rule, "lasting");
    private readonly GoodDays _usual = new(DaysKept);

    private MedianOfThree _median;
    private Stretch _hour;
    private long _frostSince;
    private long _coldSince;
    private bool _isFiring;
    private bool _wasVacant;

    private double Limit => _usual.Count >= DaysEnough && _usual.Least >= HeatedMin
        ? Math.Min(_usual.Least - (_fall * (2 - (_usual.Count / (double)DaysKept))), _below)
        : double.NaN;

    public override Verdict Take(in Sample sample)
    {
        var value = _median.Take(sample.Value);
        if (sample.IsVacant != _wasVacant)
        {
            _wasVacant = sample.IsVacant;
            _usual.Clear();
            _coldSince = 0;
        }

        if (!_hour.Take(sample.From, sample.At, value, sample.IsGap, TimeSpan.TicksPerHour) || sample.IsExcused)
        {
            return Verdict.Unknown;
        }

        _frostSince = Since(_frostSince, _hour.Mean <= _frost);
        _coldSince = Since(_coldSince, _hour.Mean < Limit);
        _usual.Take(sample.At, _hour.Mean, !_isFiring && _frostSince == 0 && _coldSince == 0, isLeast: true);
        if (_coldSince != 0 && sample.At - _coldSince >= NewUsualTicks)
        {
            _usual.Clear();
            _coldSince = 0;
        }

        return _frostSince != 0 && sample.At - _frostSince >= _frostLasting ? Verdict.TrueSince(_frostSince)
            : _coldSince != 0 && sample.At - _coldSince >= _lasting ? Verdict.TrueSince(_coldSince)
            : _frostSince != 0 || _coldSince != 0 ? Verdict.Unknown
            : Verdict.False;
    }

    public override void Leave(long atTicks) => (_frostSince, _coldSince) = (0, 0);

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample)
    {
        var isFrost = _frostSince != 0;
        var since = isFrost ? _frostSince : _coldSince;
        return new Reason(
            isFrost ? "C3.frost" : "C3", since - TimeSpan.TicksPerDay, isFrost ? _frost : Limit, "Cel",
            ("value", Reason.Number(_hour.Mean)),
            ("lasting", Reason.Duration(sample.At - since)),
            ("usual", Reason.Number(_usual.Least)),
            ("limit", Reason.Number(isFrost ? _frost : Limit)));
    }

    public override Measure? Now(in Sample sample) =>
        _frostSince != 0 ? Measure.OfTime(sample.At - _frostSince, _frostLasting)
        : _coldSince != 0 ? Measure.OfTime(sample.At - _coldSince, _lasting)
        : _usual.Count < DaysEnough ? new Measure(_usual.Count, DaysEnough, "d", IsLearning: true)
        : new Measure(_hour.Mean, double.IsNaN(Limit) ? _frost : Limit, "Cel");

    public override void Persist(StateCodec state)
    {
        _median.Persist(state);
        _hour.Persist(state);
        _usual.Persist(state);
        state.Sync(ref _frostSince);
        state.Sync(ref _coldSince);
        state.Sync(ref _isFiring);
        state.Sync(ref _wasVacant);
    }

    private long Since(long since, bool isTrue) => !isTrue ? 0 : since == 0 ? _hour.FromTicks : since;
}
