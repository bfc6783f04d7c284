using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// W5, S1 and H10: what a device itself has found and says by a contact. W5 are the bits of a water meter (leak, burst,
/// reverse, dry, tamper: the status of EN 13757-3 and its makers' own bits, one contact each) and a leak rope; S1 is a
/// smoke contact; H10 is a machine's storage, full or damaged.
/// <code>
///   contact   closed   true since then
///             open     false
/// </code>
/// A contact's state holds through a gap, and while its source is offline its clock stands still. A window is no
/// matter: water on the floor is no visit. There is no register, so no reset.
/// </summary>
public sealed class ToldByDevice(string code, string signal) : Detector
{
    // The sentence goes by what was found: W5.leak, W5.wet, S1, H10.storage.full.
    private readonly string _key =
        code == "S1" ? code : $"{code}.{signal[(signal.IndexOf('.', StringComparison.Ordinal) + 1)..]}";

    private bool _isClosed;
    private long _since;

    public override Verdict Take(in Sample sample)
    {
        var isClosed = sample.Value >= 0.5;
        (_isClosed, _since) = (isClosed, _isClosed ? _since : sample.At);
        return Pass(sample.At);
    }

    public override Verdict Pass(long knownTicks) => _isClosed ? Verdict.TrueSince(_since) : Verdict.False;

    public override void Leave(long atTicks) => _isClosed = false;

    public override Reason Explain(in Sample sample) =>
        new(_key, _since - TimeSpan.TicksPerDay, null, "", ("at", Reason.Instant(_since)));

    public override Measure? Now(in Sample sample) => new Measure(_isClosed ? 1 : 0, 1, "");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _isClosed);
        state.Sync(ref _since);
    }
}
