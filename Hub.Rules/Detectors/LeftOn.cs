using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// E4: a load well above the home's own habit that hasn't gone back for a day: the lowest power of the day is above the
/// greatest such value of the last four weeks, by the step.
/// <code>
///   least of the day   ≤ greatest usual + step   false
///                      > greatest usual + step   for lasting → true
/// </code>
/// Gap: the day it falls in says nothing. It needs a week of habit first.
/// </summary>
public sealed class LeftOn(Rule rule) : Detector
{
    private const int DaysMin = 7;

    private readonly double _step = rule.Parameter("step");
    private readonly long _lasting = Ticks(rule, "lasting");

    private long _since;
    private float _least;

    public override Verdict Take(in Sample sample)
    {
        if (sample.Habit is not { Days: >= DaysMin, HasNewDay: true } habit || sample.IsExcused)
        {
            return Verdict.Unknown;
        }

        if (habit.DayLeast <= habit.Greatest + _step)
        {
            _since = 0;
            return Verdict.False;
        }

        _since = _since == 0 ? sample.At - TimeSpan.TicksPerDay : _since;
        _least = habit.DayLeast;
        return sample.At - _since >= _lasting ? Verdict.TrueSince(_since) : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => _since = 0;

    public override Reason Explain(in Sample sample) => new(
        "E4", _since - TimeSpan.TicksPerDay, (sample.Habit?.Greatest ?? 0) + _step, "W",
        ("lasting", Reason.Duration(sample.At - _since)),
        ("power", Reason.Number(_least, 0)),
        ("base", Reason.Number(sample.Habit?.Base ?? 0, 0)));

    public override Measure? Now(in Sample sample) => sample.Habit switch
    {
        null => null,
        { Days: < DaysMin } habit => new Measure(habit.Days, DaysMin, "d", IsLearning: true),
        var habit when _since == 0 => new Measure(habit.DayLeast, habit.Greatest + _step, "W"),
        _ => Measure.OfTime(sample.At - _since, _lasting),
    };

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _since);
        state.Sync(ref _least);
    }
}
