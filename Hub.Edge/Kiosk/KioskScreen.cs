using Hub.Transport.Messages;

namespace Hub.Edge.Kiosk;

/// <summary>
/// What the screen shows, as a pure function of what happened and when: nothing in here waits, and every step gives a
/// new screen. All instants are real time, except those that are shown.
/// <code>
///   Home ──press──► Calling ──accepted──► Acknowledged ──hub says late──► Late
///    ▲ ▲               │  └─not sent in 3 s─► Offline ──sent──► Calling      │
///    │ └──cancel, 20 s─┤                        └──2 min──► Home, with a line that a call waits
///    └──── 8 s ──── Arrived ◄──hub says arrived──┴────────────────────────────┘
///   press ──not recorded, nor acknowledged by the hub──► Error ──60 s──► Home
/// </code>
/// </summary>
public sealed record KioskScreen
{
    /// <summary>The hub's times may be whole seconds.</summary>
    private static readonly TimeSpan HubRounding = TimeSpan.FromSeconds(1);

    public KioskTimings Timings { get; init; } = new();

    public KioskCall? Call { get; private init; }

    public HubCallState Hub { get; private init; } = HubCallState.Idle;

    public bool IsLinked { get; private init; }

    /// <summary>The call is durable nowhere yet, and has not been refused.</summary>
    public bool IsUndecided => Call is { IsRecorded: false };

    private DateTimeOffset? FailedAt { get; init; }

    private DateTimeOffset? ArrivedAt { get; init; }

    private DateTimeOffset? CancelledAt { get; init; }

    /// <summary>The hub may still speak of a call that was taken back; it is not shown again.</summary>
    private DateTimeOffset? CancelledPress { get; init; }

    /// <summary>A finger, on the glass or on the wall. Shown at once, before it is recorded.</summary>
    public KioskScreen Press(string id, DateTimeOffset pressedAt, DateTimeOffset now)
    {
        var screen = this with { FailedAt = null, ArrivedAt = null, CancelledAt = null };
        var open = Expired(now) ? null : Call ?? CallOfHub(id, now);
        return screen with
        {
            Call = open is null
                ? new KioskCall(id, pressedAt, now)
                : open with { Repeats = open.Repeats + 1, RepeatedAt = now },
        };
    }

    /// <summary>The press is on stable storage, here or at the hub.</summary>
    public KioskScreen Recorded(string id) =>
        Call?.Id == id ? this with { Call = Call with { IsRecorded = true } } : this;

    /// <summary>The press, or what was to take it back, could not be made durable.</summary>
    public KioskScreen Failed(string id, DateTimeOffset now) =>
        this with { FailedAt = now, Call = Call?.Id == id && IsUndecided ? null : Call };

    /// <summary>A press of before a restart, still in the outbox.</summary>
    public KioskScreen Restored(string id, DateTimeOffset pressedAt, DateTimeOffset now) =>
        this with { Call = new KioskCall(id, pressedAt, now - Timings.UnsentAfter) { IsRecorded = true } };

    /// <summary>The hub has confirmed the press.</summary>
    public KioskScreen Sent(string id, DateTimeOffset now) =>
        Call?.Id == id && Call.SentAt is null
            ? this with { Call = Call with { SentAt = now, IsKnownToHub = Call.IsKnownToHub || Hub.IsOpen } }
            : this;

    /// <summary>Pressed by mistake. Only the call that is on, and only for a short time.</summary>
    public KioskScreen Cancel(string id, DateTimeOffset now) =>
        CanCancel(id, now)
            ? this with { Call = null, CancelledAt = now, CancelledPress = Call!.PressedAt }
            : this;

    public bool CanCancel(string id, DateTimeOffset now) =>
        Call is { } call && call.Id == id && now - call.Since < Timings.CancelFor;

    public KioskScreen Linked(bool isLinked) => this with { IsLinked = isLinked };

    /// <summary>The hub's retained state of this lobby, new or told again.</summary>
    public KioskScreen Heard(HubCallState hub, DateTimeOffset now)
    {
        var screen = this with { Hub = hub };
        if (IsOfCancelled(hub))
        {
            return screen;
        }

        var call = Call;
        switch (hub.Word)
        {
            case KioskState.Arrived:
                // Told again after a restart it is an old story: only a call that was on can end by an arrival.
                return call?.SentAt is not null || Hub.IsOpen ? screen with { Call = null, ArrivedAt = now } : screen;
            case KioskState.Idle or KioskState.Closed:
                return call is not null && IsOver(call, hub, now) ? screen with { Call = null } : screen;
            default:
                return call?.SentAt is null ? screen : screen with { Call = call with { IsKnownToHub = true } };
        }
    }

    /// <param name="now">Real time.</param>
    /// <param name="clock">The building's clock; null while it can't be trusted, and then no time is shown.</param>
    public KioskView ViewAt(DateTimeOffset now, DateTimeOffset? clock)
    {
        var call = Expired(now) ? null : Call;
        var hub = IsOfCancelled(Hub) ? HubCallState.Idle : Hub;
        var face = FaceAt(call, hub, now);
        return new KioskView(
            face,
            call is not null && CanCancel(call.Id, now) && face is not (KioskFace.Error or KioskFace.Arrived)
                ? call.Id
                : null,
            clock is null ? null : call?.PressedAt ?? hub.PressedAt,
            hub.PromisedAt > clock ? hub.PromisedAt : null,
            call is { SentAt: null, IsRecorded: true },
            call is { IsRecorded: false },
            IsLinked);
    }

    private KioskFace FaceAt(KioskCall? call, HubCallState hub, DateTimeOffset now)
    {
        if (now - FailedAt < (call is null ? Timings.ErrorFor : Timings.NoticeFor))
        {
            return KioskFace.Error;
        }

        if (now - ArrivedAt < Timings.ArrivedFor)
        {
            return KioskFace.Arrived;
        }

        if (now - CancelledAt < Timings.NoticeFor)
        {
            return KioskFace.Cancelled;
        }

        if (call is { SentAt: null, IsRecorded: true } && now - call.Since >= Timings.UnsentAfter)
        {
            return now - (call.RepeatedAt ?? call.Since) < Timings.OfflineFor ? KioskFace.Offline : KioskFace.Home;
        }

        if (now - call?.RepeatedAt < Timings.NoticeFor)
        {
            return KioskFace.AlreadyCalling;
        }

        return hub.Word switch
        {
            KioskState.Accepted => KioskFace.Acknowledged,
            KioskState.Late => KioskFace.Late,
            _ => call is not null || hub.IsOpen ? KioskFace.Calling : KioskFace.Home,
        };
    }

    /// <summary>The hub's open call, where this screen has none of its own: the edge was restarted meanwhile.</summary>
    private KioskCall? CallOfHub(string id, DateTimeOffset now) =>
        Hub.IsOpen && !IsOfCancelled(Hub)
            ? new KioskCall(id, Hub.PressedAt ?? now, now) { SentAt = now, IsRecorded = true, IsKnownToHub = true }
            : null;

    private bool IsOver(KioskCall call, HubCallState hub, DateTimeOffset now) =>
        call.SentAt is { } sent
        && (call.IsKnownToHub || now - sent >= Timings.IdleBelievedAfter
            || hub.PressedAt >= call.PressedAt - HubRounding);

    private bool IsOfCancelled(HubCallState hub) =>
        CancelledPress is { } cancelled && Call is null && hub.PressedAt - HubRounding <= cancelled;

    private bool Expired(DateTimeOffset now) =>
        Call is { SentAt: { } sent } && !Hub.IsOpen && now - sent >= Timings.ForgottenAfter;
}
