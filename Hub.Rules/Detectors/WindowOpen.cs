using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// C2: a window was left open: a room falls towards outdoors faster than it ever does by itself, and stays there.
/// <code>
///   warmest of the last 3 h ──╮
///                             │ fall, and own-factor × the greatest fall usual here
///                             ╰────────────────── for lasting, and below `below` → true
///   back by half of it: false. Airing that ends before is usual, and no alarm
/// </code>
/// No outdoor value is needed: heating that fails takes many hours for what an open window does in one.
/// Gap: a fall across it counts if both its ends lie within the 3 h. Window: windows are opened in a visit; held.
/// </summary>
public sealed class WindowOpen(Rule rule) : Detector
{
    private const long SlotTicks = 15 * TimeSpan.TicksPerMinute;
    private const int Slots = 12;
    private const int DaysKept = 28;
    private const double OwnTimesMax = 2;

    /// <summary>After that long the fall is history, and the cold is C3's.</summary>
    private const long ForgottenTicks = TimeSpan.TicksPerDay;

    private readonly double _fall = rule.Parameter("fall");
    private readonly double _ownFactor = rule.Parameter("own-factor");
    private readonly double _below = rule.Parameter("below");
    private readonly long _lasting = Ticks(rule, "lasting");
    private readonly float[] _warmest = new float[Slots];
    private readonly GoodDays _usual = new(DaysKept);

    private MedianOfThree _median;
    private long _slot;
    private double _value;
    private double _fallen;
    private double _warm;
    private double _limit;
    private long _since;
    private bool _isFiring;

    public override Verdict Take(in Sample sample)
    {
        _value = _median.Take(sample.Value);
        var warmest = Warmest(sample.At, _value);
        _fallen = warmest - _value;
        if (sample.IsExcused)
        {
            _since = 0;
            return Verdict.Unknown;
        }

        _usual.Take(sample.At, _fallen, !_isFiring, isLeast: false);
        if (_since == 0)
        {
            _limit = Math.Max(_fall, Math.Min(_ownFactor * OrNothing(_usual.Greatest), OwnTimesMax * _fall));
            (_warm, _since) = _fallen >= _limit && _value < _below ? (warmest, sample.At) : (0, 0);
        }

        if (_since == 0 || _value > _warm - (_limit / 2) || sample.At - _since > ForgottenTicks)
        {
            _since = 0;
            return Verdict.False;
        }

        return sample.At - _since >= _lasting ? Verdict.TrueSince(_since) : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => _since = 0;

    public override void OnFiring(bool isFiring) => _isFiring = isFiring;

    public override Reason Explain(in Sample sample) => new(
        "C2", _since - (TimeSpan.TicksPerHour * 6), _warm - _limit, "Cel",
        ("fall", Reason.Number(_warm - _value)),
        ("value", Reason.Number(_value)),
        ("lasting", Reason.Duration(sample.At - _since)),
        ("limit", Reason.Number(_limit)));

    public override Measure? Now(in Sample sample) =>
        _since == 0 ? new Measure(_fallen, _limit, "K") : Measure.OfTime(sample.At - _since, _lasting);

    public override void Persist(StateCodec state)
    {
        _median.Persist(state);
        _usual.Persist(state);
        state.Sync(_warmest);
        state.Sync(ref _slot);
        state.Sync(ref _value);
        state.Sync(ref _fallen);
        state.Sync(ref _warm);
        state.Sync(ref _limit);
        state.Sync(ref _since);
        state.Sync(ref _isFiring);
    }

    private static double OrNothing(float value) => float.IsNaN(value) ? 0 : value;

    private double Warmest(long at, double value)
    {
        var slot = at / SlotTicks;
        for (var old = Math.Max(_slot + 1, slot - Slots + 1); old <= slot; old++)
        {
            _warmest[old % Slots] = float.NegativeInfinity;
        }

        _slot = slot;
        ref var now = ref _warmest[slot % Slots];
        now = Math.Max(now, (float)value);
        var warmest = value;
        foreach (var warm in _warmest)
        {
            warmest = Math.Max(warmest, warm);
        }

        return warmest;
    }
}
