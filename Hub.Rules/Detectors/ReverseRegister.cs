using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// M2: a register that runs backwards by what a pipe or cable can carry: a backflow, a meter mounted the wrong way
/// round, or tampering.
/// <code>
///   step   reversed (a fall that the next reading confirms)   the day's falls ≥ limit → true
///          reset, rollover, exchange, blip                    no reversal
///          advanced                                           false
/// </code>
/// Gap: a fall across it counts like any other, if it is confirmed.
/// </summary>
public sealed class ReverseRegister(Rule rule) : Detector
{
    private readonly double _volume = LitresToM3(rule, "min-volume");
    private readonly double _energy = rule.Parameter("min-energy");

    private double _fallen;
    private long _since;
    private long _lastAt;

    /// <summary>Set by whoever binds it: water is limited in litres, electricity in kWh.</summary>
    public bool IsWater { get; init; } = true;

    private double Limit => IsWater ? _volume : _energy;

    public override Verdict Take(in Sample sample)
    {
        if (sample.Step != RegisterStep.Reversed)
        {
            return sample.Step is RegisterStep.Suspect or RegisterStep.Refused ? Verdict.Unknown : Verdict.False;
        }

        if (sample.At - _lastAt > TimeSpan.TicksPerDay)
        {
            (_fallen, _since) = (0, sample.From);
        }

        _fallen -= sample.Delta;
        _lastAt = sample.At;
        return _fallen >= Limit ? Verdict.TrueSince(_since) : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => _fallen = 0;

    public override Reason Explain(in Sample sample) => new(
        "M2", _since - TimeSpan.TicksPerDay, null, "",
        ("amount", Reason.Number(IsWater ? _fallen * 1000 : _fallen, 1)),
        ("unit", IsWater ? "L" : "kWh"),
        ("at", Reason.Instant(_since)));

    public override Measure? Now(in Sample sample) =>
        IsWater ? new Measure(_fallen * 1000, Limit * 1000, "L") : new Measure(_fallen, Limit, "kWh");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _fallen);
        state.Sync(ref _since);
        state.Sync(ref _lastAt);
    }
}
