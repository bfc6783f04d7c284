using Hub.Rules.Conditions;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// E1: the power of a vacant unit has risen above its frozen base and stays there.
/// <code>
///   mean of 3 h   ≤ base + step      false
///                 > base + step      since when? for lasting → true
/// </code>
/// The step is at least the rule's, and more where the home's base itself varies. A gauge in W counts as its mean, too.
/// Gap: the stretch it falls in says nothing; what has lasted is held. Window: held. No habit yet: unknown.
/// </summary>
public sealed class StandbyStep(Rule rule) : Detector
{
    /// <summary>A base varies by some median deviations and a share of itself (defrosting, seasons).</summary>
    private const double SpreadTimes = 3;
    private const double BaseShare = 0.35;

    private readonly double _step = rule.Parameter("step");
    private readonly long _lasting = Ticks(rule, "lasting");

    private long _since;
    private float _least;

    public override Verdict Take(in Sample sample)
    {
        if (sample.Habit is not { IsLearnt: true, HasNewStretch: true } habit || sample.IsExcused || !sample.IsVacant
            || habit.StretchFrom < sample.VacantSince)
        {
            return Verdict.Unknown;
        }

        if (habit.Stretch <= Limit(habit.Base, habit.Spread))
        {
            (_since, _least) = (0, 0);
            return Verdict.False;
        }

        _since = _since == 0 ? habit.StretchFrom : _since;
        _least = _least == 0 ? habit.Stretch : Math.Min(_least, habit.Stretch);
        return sample.At - _since >= _lasting ? Verdict.TrueSince(_since) : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => (_since, _least) = (0, 0);

    public override Reason Explain(in Sample sample)
    {
        var (usual, spread) = sample.Habit is { } habit ? (habit.Base, habit.Spread) : (0, 0);
        return new Reason(
            "E1", _since - TimeSpan.TicksPerDay, Limit(usual, spread), "W",
            ("lasting", Reason.Duration(sample.At - _since)),
            ("power", Reason.Number(_least, 0)),
            ("base", Reason.Number(usual, 0)),
            ("limit", Reason.Number(Limit(usual, spread), 0)),
            ("since", Reason.Instant(sample.VacantSince)));
    }

    public override Measure? Now(in Sample sample) => sample.Habit switch
    {
        null => null,
        { IsLearnt: false } habit => new Measure(habit.Days, PowerHabit.DaysEnough, "d", IsLearning: true),
        var habit when _since == 0 => new Measure(habit.Stretch, Limit(habit.Base, habit.Spread), "W"),
        _ => Measure.OfTime(sample.At - _since, _lasting),
    };

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _since);
        state.Sync(ref _least);
    }

    private double Limit(float usual, float spread) =>
        usual + Math.Max(_step, Math.Max(SpreadTimes * spread, BaseShare * usual));
}
