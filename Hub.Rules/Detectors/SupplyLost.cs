using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// E5: the supply of one home is lost, by a relay that says so (<c>supply.lost</c>) or by the voltage
/// (<c>supply.voltage</c>). Several homes of one riser are made one case by the engine.
/// <code>
///   relay     closed        true since then     voltage   &lt; min-voltage   true
///             open          false                         ≥ min-voltage   false
/// </code>
/// How long an interruption may be is the rule's on-delay. Gap: a contact's state holds, and its clock stands still
/// while its source is offline; a voltage that is lost on both sides of a gap was lost throughout. Windows don't count.
/// </summary>
public sealed class SupplyLost(Rule rule, string signal) : Detector
{
    private readonly double _voltage = rule.Parameter("min-voltage");
    private readonly bool _isContact = Signal.Of(signal).Kind == SignalKind.Contact;

    private bool _isLost;
    private long _since;

    public override Verdict Take(in Sample sample)
    {
        var isLost = _isContact ? sample.Value >= 0.5 : sample.Value < _voltage;
        (_isLost, _since) = (isLost, _isLost ? _since : sample.At);
        return Pass(sample.At);
    }

    public override Verdict Pass(long knownTicks) => _isLost ? Verdict.TrueSince(_since) : Verdict.False;

    public override void Leave(long atTicks) => _isLost = false;

    public override Reason Explain(in Sample sample) => new(
        "E5", _since - TimeSpan.TicksPerHour, null, "", ("at", Reason.Instant(_since)));

    public override Measure? Now(in Sample sample) =>
        _isContact ? new Measure(_isLost ? 1 : 0, 1, "") : new Measure(sample.Value, _voltage, "V");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _isLost);
        state.Sync(ref _since);
    }
}
