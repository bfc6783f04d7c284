using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// H5: pulses that nobody counted, so a register runs behind its meter: <c>device.events.lost</c> (edges of a pin that
/// the kernel had to drop) and <c>device.readings.shed</c> (readings that a full outbox let go), both counted by our
/// edge.
/// <code>
///   count   rises by events within a day   true
///           stands                         false
///           first word, reset, blip        unknown: what it lost before is history
/// </code>
/// Gap: what it rose by over the gap counts, whenever that was. Windows are no matter.
/// </summary>
public sealed class EventsLost(Rule rule) : Detector
{
    private readonly double _events = rule.Parameter("events");

    private double _lost;
    private long _since;

    public override Verdict Take(in Sample sample)
    {
        if (!sample.IsConsumption)
        {
            return Verdict.Unknown;
        }

        if (sample.Delta <= 0)
        {
            return Verdict.False;
        }

        if (sample.At - _since > TimeSpan.TicksPerDay)
        {
            (_lost, _since) = (0, sample.From);
        }

        _lost += sample.Delta;
        return _lost >= _events ? Verdict.TrueSince(_since) : Verdict.Unknown;
    }

    public override void Leave(long atTicks) => _lost = 0;

    public override Reason Explain(in Sample sample) => new(
        "H5", _since - TimeSpan.TicksPerHour, null, "",
        ("count", Reason.Number(_lost, 0)),
        ("at", Reason.Instant(_since)));

    public override Measure? Now(in Sample sample) =>
        new Measure(sample.At - _since > TimeSpan.TicksPerDay ? 0 : _lost, _events, "");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _lost);
        state.Sync(ref _since);
    }
}
