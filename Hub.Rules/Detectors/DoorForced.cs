using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// D2: a door that opened while its lock was locked, where a lock contact (<c>door.locked</c>) watches in the same
/// space. Lock and door may be told in either order, so the lock has a grace to say that it was unlocked.
/// <code>
///   shut ──opens──► in grace ──was locked, and not unlocked within grace──► forced: true ──shut──► false
///                      └───────any other, or no lock contact──────────────► false
/// </code>
/// A door that is shut again within the grace was forced all the same. It counts in a window and where people live,
/// too: whoever is expected has a key. A contact's state holds through a quiet spell; of a lock whose source is offline
/// nothing is known.
/// </summary>
public sealed class DoorForced(Rule rule) : Detector
{
    private readonly long _grace = Ticks(rule, "grace");

    private long _openedAt;
    private bool _isOpen;
    private bool _isInGrace;
    private bool _isForced;

    public override long DueTicks => _isInGrace ? _openedAt + _grace
        : _isForced && !_isOpen ? _openedAt + _grace + 1
        : long.MaxValue;

    public override bool EndsByTime => true;

    public override Verdict Take(in Sample sample)
    {
        var isOpen = sample.Value >= 0.5;
        if (isOpen && !_isOpen && !_isInGrace && !_isForced && sample.Lock is not null)
        {
            (_openedAt, _isInGrace) = (sample.At, true);
        }

        _isOpen = isOpen;
        return Pass(sample);
    }

    public override Verdict Pass(in Sample sample)
    {
        if (_isInGrace && sample.At >= _openedAt + _grace)
        {
            _isInGrace = false;
            _isForced = sample.Lock is { } known
                && known.WasLocked(_openedAt) && !known.WasUnlocked(_openedAt, _openedAt + _grace);
        }
        else if (_isForced && !_isOpen)
        {
            _isForced = false;
        }

        return _isForced ? Verdict.TrueSince(_openedAt) : _isInGrace ? Verdict.Unknown : Verdict.False;
    }

    public override void Leave(long atTicks) => (_isInGrace, _isForced) = (false, false);

    public override Reason Explain(in Sample sample) => new(
        "D2", _openedAt - TimeSpan.TicksPerHour, null, "",
        ("at", Reason.Instant(_openedAt)),
        ("limit", Reason.Duration(_grace)));

    public override Measure? Now(in Sample sample) => new Measure(_isForced ? 1 : 0, 1, "");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _openedAt);
        state.Sync(ref _isOpen);
        state.Sync(ref _isInGrace);
        state.Sync(ref _isForced);
    }
}
