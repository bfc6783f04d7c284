using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// E2: electricity used in a vacant unit: within one hour more than the limit beyond what the unit's base takes.
/// <code>
///   kWh of the running hour  ≤ base + energy   false when the hour is over, unknown before
///                            > base + energy   true at once
/// </code>
/// Gap: the mean over it is judged, as the sum is certain. Window, or a reading that begins before the vacancy:
/// excused.
/// No habit yet: the base is taken as nothing, so that a vacant unit from the first day on is watched from then on.
/// </summary>
public sealed class EnergyUse(Rule rule) : Detector
{
    private const long HourTicks = TimeSpan.TicksPerHour * 95 / 100;

    private readonly double _energy = rule.Parameter("energy");

    private double _used;
    private long _from;

    public override Verdict Take(in Sample sample)
    {
        if (!sample.IsConsumption)
        {
            return sample.Step == RegisterStep.Suspect ? Verdict.Unknown : Drop(sample.At);
        }

        if (sample.IsExcused || !sample.IsVacantThroughout)
        {
            Drop(sample.At);
            return Verdict.False;
        }

        _from = _from == 0 ? sample.From : _from;
        _used += sample.Delta;
        var hours = (sample.At - _from) / (double)TimeSpan.TicksPerHour;
        var isOver = _used > Limit(sample, Math.Max(hours, 1));
        var since = _from;
        if (isOver || sample.At - _from >= HourTicks)
        {
            (LastUsed, _used, _from) = (_used, 0, sample.At);
            return isOver ? Verdict.TrueSince(since) : Verdict.False;
        }

        return Verdict.Unknown;
    }

    private double LastUsed { get; set; }

    public override void Leave(long atTicks) => Drop(atTicks);

    public override Reason Explain(in Sample sample) => new(
        "E2", sample.At - TimeSpan.TicksPerDay, null, "",
        ("energy", Reason.Number(LastUsed, 2)),
        ("limit", Reason.Number(Limit(sample, 1), 2)),
        ("since", Reason.Instant(sample.VacantSince)));

    public override Measure? Now(in Sample sample) => new Measure(Math.Max(_used, LastUsed), Limit(sample, 1), "kWh");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _used);
        state.Sync(ref _from);
    }

    private double Limit(in Sample sample, double hours) =>
        (_energy + ((sample.Habit?.Base ?? 0) / 1000)) * hours;

    private Verdict Drop(long at)
    {
        (_used, _from) = (0, at);
        return Verdict.Unknown;
    }
}
