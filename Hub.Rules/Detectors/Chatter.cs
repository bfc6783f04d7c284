using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// H2: a contact that chatters: a loose wire, a worn magnet, a float in the swell. While this alarm fires the point is
/// shelved: the engine keeps its readings from all other rules, and gives them its state when it is calm again.
/// <code>
///   closes per minute   &gt; per-minute, for lasting   true
///                       fewer                       false
///   none for a minute                               false: time alone says so
///   calm is the rule's off-delay without a true
/// </code>
/// Gap: a pause of more than a minute begins the count anew. Reports that don't change the state count for nothing.
/// Windows and vacancy are no matter.
/// </summary>
public sealed class Chatter(Rule rule) : Detector
{
    private readonly double _perMinute = rule.Parameter("per-minute");
    private readonly long _lasting = Ticks(rule, "lasting");
    private readonly long _calm = rule.OffDelay.Ticks;

    private bool _isClosed;
    private bool _isFiring;
    private bool _isPaused = true;
    private long _since;
    private long _lastAt;
    private double _count;

    public override long DueTicks => _isFiring && !_isPaused ? _lastAt + TimeSpan.TicksPerMinute : long.MaxValue;

    public override bool EndsByTime => true;

    public override Verdict Take(in Sample sample)
    {
        var hasClosed = sample.Value >= 0.5 && !_isClosed;
        _isClosed = sample.Value >= 0.5;
        if (!hasClosed)
        {
            return sample.At - _lastAt > TimeSpan.TicksPerMinute ? Verdict.False : Verdict.Unknown;
        }

        if (sample.At - _lastAt > TimeSpan.TicksPerMinute)
        {
            (_since, _count) = (sample.At, 0);
        }
        else if (sample.At - _since > 2 * _lasting)
        {
            // What was long ago must not outvote what is now.
            (_since, _count) = (_since + ((sample.At - _since) / 2), _count / 2);
        }

        (_lastAt, _isPaused) = (sample.At, false);
        _count++;
        var isHot = sample.At - _since >= _lasting && Rate(sample.At) > _perMinute;
        return isHot ? Verdict.TrueSince(_since) : Verdict.False;
    }

    public override Verdict Pass(long knownTicks)
    {
        _isPaused |= knownTicks >= _lastAt + TimeSpan.TicksPerMinute;
        return _isPaused ? Verdict.False : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => (_since, _count) = (0, 0);

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample) => new(
        "H2", _since - TimeSpan.TicksPerHour, null, "",
        ("count", Reason.Number(_count, 0)),
        ("lasting", Reason.Duration(sample.At - _since)),
        ("limit", Reason.Number(_perMinute)),
        ("calm", Reason.Duration(_calm)));

    public override Measure? Now(in Sample sample) => new Measure(Rate(sample.At), _perMinute, "");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _isClosed);
        state.Sync(ref _isFiring);
        state.Sync(ref _isPaused);
        state.Sync(ref _since);
        state.Sync(ref _lastAt);
        state.Sync(ref _count);
    }

    private double Rate(long at) =>
        _count / Math.Max(1, (at - _since) / (double)TimeSpan.TicksPerMinute);
}
