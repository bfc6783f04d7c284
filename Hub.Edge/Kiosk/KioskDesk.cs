using Hub.Edge.Outbox;
using Hub.Transport.Messages;

namespace Hub.Edge.Kiosk;

/// <summary>
/// The one owner of the screen's state: presses from the glass and from the wall, what the hub says, and what has been
/// sent come in here, one after the other.
/// </summary>
public sealed class KioskDesk
{
    /// <summary>Glass and wall touched by one hand are one press; and so is whatever bounces.</summary>
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(50);

    private const int UnsentMax = 64;

    private readonly Lock _gate = new();
    private readonly KioskOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeProvider _pace;
    private readonly Func<bool> _isClockTrusted;
    private readonly KioskRecorder _record;
    private readonly Func<EdgeRecord, Task<bool>> _sendDirect;
    private readonly Queue<(OutboxPlace Place, string Id)> _unsent = new();
    private KioskScreen _screen;
    private TaskCompletionSource _changed = NewSignal();
    private DateTimeOffset? _lastPress;
    private OutboxPlace _sentThrough;
    private volatile KioskPlace _place;

    /// <param name="record">Makes it durable here.</param>
    /// <param name="sendDirect">
    /// Makes durable at the hub what can't be so here; true only when the hub has acknowledged it.
    /// </param>
    public KioskDesk(
        KioskOptions options, TimeProvider time, TimeProvider pace, Func<bool> isClockTrusted, KioskRecorder record,
        Func<EdgeRecord, Task<bool>> sendDirect)
    {
        (_options, _time, _pace, _isClockTrusted) = (options, time, pace, isClockTrusted);
        (_record, _sendDirect) = (record, sendDirect);
        _screen = new KioskScreen { Timings = options.Timings };
        _place = new KioskPlace(options.Building, options.Hotline, options.Languages, options.LanguageDefault);
    }

    /// <summary>Raised after a change, on the thread that made it; listeners must be quick.</summary>
    public event Action? Changed;

    public KioskPlace Place => _place;

    /// <summary>The time to show; null while this machine doesn't know it.</summary>
    public DateTimeOffset? Clock => _isClockTrusted() ? _time.GetUtcNow() : null;

    public KioskView View()
    {
        lock (_gate)
        {
            return _screen.ViewAt(_pace.GetUtcNow(), Clock);
        }
    }

    /// <summary>Completes at the next change.</summary>
    public Task WhenChanged()
    {
        lock (_gate)
        {
            return _changed.Task;
        }
    }

    /// <summary>
    /// A press. The screen and the lamp answer first, then it is made durable, here or else at the hub; false if it
    /// could not be, or if it belongs to the press just before.
    /// </summary>
    public async Task<bool> PressAsync(string id, DateTimeOffset at)
    {
        var now = _pace.GetUtcNow();
        lock (_gate)
        {
            // While nobody knows what becomes of a press, another one asks for the same.
            if (_screen.IsUndecided || (_lastPress is { } last && now - last < Debounce))
            {
                return false;
            }

            _lastPress = now;
        }

        Step(screen => screen.Press(id, at, now));
        var record = new EdgeRecord(_options.Device, EdgeSignals.Press, at, 1, id);
        if (TryRecord(record, out var place))
        {
            Step(screen => Waits_NeedsLock(screen.Recorded(id), place, id));
            return true;
        }

        if (await TrySendAsync(record))
        {
            Step(screen => screen.Recorded(id).Sent(id, _pace.GetUtcNow()));
            return true;
        }

        return false;
    }

    /// <summary>Takes a press back; false if it is too late, or not the one that is on.</summary>
    public async Task<bool> CancelAsync(string id)
    {
        var now = _pace.GetUtcNow();
        lock (_gate)
        {
            if (!_screen.CanCancel(id, now))
            {
                return false;
            }
        }

        var record = new EdgeRecord(_options.Device, EdgeSignals.Cancel, _time.GetUtcNow(), 1, id);
        if (!TryRecord(record, out _) && !await TrySendAsync(record))
        {
            return false;
        }

        // What is kept is shown, even if the time to cancel ran out while the disk or the hub was busy.
        Step(screen => screen.Cancel(id, now));
        return true;
    }

    /// <summary>A press that was recorded before this process started and is still not sent.</summary>
    public void Restore(UnsentPress press) => Step(screen =>
        Waits_NeedsLock(screen.Restored(press.Id, press.At, _pace.GetUtcNow()), press.Place, press.Id));

    /// <summary>The hub has confirmed everything up to here.</summary>
    public void SentThrough(OutboxPlace place) => Step(screen =>
    {
        _sentThrough = place;
        while (_unsent.TryPeek(out var oldest) && oldest.Place.IsWithin(place))
        {
            screen = screen.Sent(_unsent.Dequeue().Id, _pace.GetUtcNow());
        }

        return screen;
    });

    public void Linked(bool isLinked) => Step(screen => screen.Linked(isLinked));

    /// <summary>The hub's retained state of this lobby.</summary>
    public void Heard(KioskStateMessage message)
    {
        var languages = message.Languages.Where(KioskTexts.Has).ToArray();
        var offered = languages.Length == 0 ? _options.Languages : languages;
        _place = new KioskPlace(
            message.Building.Length > 0 ? message.Building : _options.Building,
            message.Hotline.Length > 0 ? message.Hotline : _options.Hotline,
            offered,
            offered.Contains(message.Default) ? message.Default : offered[0]);
        Step(screen => screen.Heard(
            new HubCallState(message.State, message.PressedAt, message.PromiseAt), _pace.GetUtcNow()));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Outside the gate: a disk that takes its time must not hold the screen.</summary>
    private bool TryRecord(EdgeRecord record, out OutboxPlace place)
    {
        try
        {
            place = _record(record);
            return true;
        }
        catch (OutboxException)
        {
            place = default;
            return false;
        }
    }

    private async Task<bool> TrySendAsync(EdgeRecord record)
    {
        var isThere = await _sendDirect(record);
        if (!isThere)
        {
            Step(screen => screen.Failed(record.Id!, _pace.GetUtcNow()));
        }

        return isThere;
    }

    private KioskScreen Waits_NeedsLock(KioskScreen screen, OutboxPlace place, string id)
    {
        if (place.IsWithin(_sentThrough))
        {
            return screen.Sent(id, _pace.GetUtcNow()); // The confirmation was faster than this thread.
        }

        _unsent.Enqueue((place, id));
        if (_unsent.Count > UnsentMax)
        {
            _unsent.Dequeue(); // Only the screen's memory of it; the record itself waits in the outbox.
        }

        return screen;
    }

    private void Step(Func<KioskScreen, KioskScreen> step)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _screen = step(_screen);
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.TrySetResult();
        Changed?.Invoke();
    }
}
