using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// W3: one draw of water far greater than a home makes.
/// <code>
///   flow  ── ≥ min-flow ──► the draw grows by what ran ──► volume ≥ limit: true
///         ── &lt; min-flow ──► the draw is over, and usual if it raised no alarm
///   limit    vacant: vacant-volume;  else the greater of volume and own-factor × the greatest draw usual here
/// </code>
/// Gap: if the mean over it reaches min-flow the water has gone, whenever that was, and counts; else the draw is over.
/// Reset: the draw is over. In a planned window nothing is judged.
/// </summary>
public sealed class BurstDraw(Rule rule) : Detector
{
    /// <summary>However much a home is used to draw, this many times the volume is a burst.</summary>
    private const double OwnTimesMax = 6;

    private readonly double _flow = LitresToM3(rule, "min-flow");
    private readonly double _volume = LitresToM3(rule, "volume");
    private readonly double _vacantVolume = LitresToM3(rule, "vacant-volume");
    private readonly double _ownFactor = rule.Parameter("own-factor");

    private OwnRecord _usual;
    private double _draw;
    private long _since;
    private bool _isFiring;

    public override Verdict Take(in Sample sample)
    {
        if (sample.Step == RegisterStep.Suspect)
        {
            return Verdict.Unknown;
        }

        if (!sample.IsConsumption || sample.IsExcused)
        {
            (_draw, _since) = (0, 0);
            return Verdict.Unknown;
        }

        if (sample.Delta < _flow * sample.Hours)
        {
            End(sample.At);
            return Verdict.False;
        }

        _since = _since == 0 ? sample.From : _since;
        _draw += sample.Delta;
        return _draw >= Limit(sample) ? Verdict.TrueSince(_since) : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => (_draw, _since) = (0, 0);

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample) => new(
        "W3", _since - TimeSpan.TicksPerHour, _flow * 1000, "l/h",
        ("litres", Reason.Number(_draw * 1000, 0)),
        ("lasting", Reason.Duration(sample.At - _since)),
        ("limit", Reason.Number(Limit(sample) * 1000, 0)));

    public override Measure? Now(in Sample sample) => new Measure(_draw * 1000, Limit(sample) * 1000, "L");

    public override void Persist(StateCodec state)
    {
        _usual.Persist(state);
        state.Sync(ref _draw);
        state.Sync(ref _since);
        state.Sync(ref _isFiring);
    }

    private double Limit(in Sample sample) => sample.IsVacantThroughout
        ? _vacantVolume
        : Math.Max(_volume, Math.Min(_ownFactor * _usual.At(sample.At), OwnTimesMax * _volume));

    private void End(long at)
    {
        if (_draw > 0 && !_isFiring)
        {
            _usual.Add(_draw, at);
        }

        (_draw, _since) = (0, 0);
    }
}
