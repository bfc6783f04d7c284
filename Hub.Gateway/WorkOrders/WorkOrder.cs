using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// One promise to get a person to a place: what for, where it stands, which clocks run, who has it. A value: it is made
/// from its events by <see cref="Apply"/>, and <see cref="Decide"/> says which events a command comes to.
/// <code>
///   Calling ─► Accepted ─► Arrived ─┬──────────────────────────────► Resolved ─► FollowedUp ─► Closed
///      │           │   └─► Working ─┤                                  │              │           │
///      │           └► Explained ────┴► WithVendor ───────────────────► │              │           │
///      └► Cancelled, Merged (from any open state)        Reopened ◄────┴──────────────┴───────────┘
/// </code>
/// A notice (priority Notice) runs no clock and wakes nobody.
/// </summary>
public sealed partial record WorkOrder
{
    public required long Id { get; init; }

    /// <summary>As people say it: <c>2026-11-0412</c>.</summary>
    public required string Number { get; init; }

    public required OrderSource Source { get; init; }

    public required string SpaceId { get; init; }

    /// <summary>summon, leak, electricity, …</summary>
    public required string Kind { get; init; }

    /// <summary>With the space, the key of the one open order.</summary>
    public required string Symptom { get; init; }

    public required OrderPriority Priority { get; init; }

    /// <summary>butler, chief or engineer.</summary>
    public required string Audience { get; init; }

    public OrderState State { get; init; }

    /// <summary>T0: the press or the anomaly on its own time.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the hub learnt of it; later than <see cref="StartedAt"/> if the edge had been cut off.</summary>
    public required DateTimeOffset NotedAt { get; init; }

    /// <summary>T0 of the present round: <see cref="StartedAt"/>, or when it was re-opened.</summary>
    public required DateTimeOffset RoundAt { get; init; }

    /// <summary>1, and one more for each re-opening.</summary>
    public int Round { get; init; } = 1;

    /// <summary>How many presses or alarms there were after the first.</summary>
    public int Repeats { get; init; }

    /// <summary>The presses and alarms, the first one first.</summary>
    public IReadOnlyList<OrderAlarm> Alarms { get; init; } = [];

    /// <summary>Why there is this order, to be rendered in the reader's language.</summary>
    public Explanation? Why { get; init; }

    public Evidence? Evidence { get; init; }

    /// <summary>What the caller said, where a person wrote the order down.</summary>
    public string Words { get; init; } = "";

    /// <summary>Every clock there ever was, in order of start; rounds before this one included.</summary>
    public IReadOnlyList<SlaClock> Clocks { get; init; } = [];

    public IReadOnlyList<LadderStep> Ladder { get; init; } = [];

    public Actor? AcceptedBy { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public Actor? InPlaceBy { get; init; }

    public DateTimeOffset? ArrivedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? ExplainedAt { get; init; }

    /// <summary>The time last given to the customer, by explanation or commitment.</summary>
    public DateTimeOffset? PromisedFor { get; init; }

    public string? Vendor { get; init; }

    public DateTimeOffset? CommittedAt { get; init; }

    public DateTimeOffset? CommittedFor { get; init; }

    /// <summary>When somebody is to be there, if that was agreed: the present round begins then.</summary>
    public DateTimeOffset? AppointedFor { get; init; }

    public Actor? ResolvedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public string? Cause { get; init; }

    public int? Rating { get; init; }

    public long? MergedInto { get; init; }

    /// <summary>When what was undone had been done: nobody need hear of that any more.</summary>
    public IReadOnlyList<DateTimeOffset> Undone { get; init; } = [];

    /// <summary>
    /// The instant of the latest act; nothing later is stamped earlier, whatever the clock of the machine does.
    /// </summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>What it is the open order on: its own symptom, and those that have joined it.</summary>
    public IEnumerable<string> Symptoms => Alarms.Select(alarm => alarm.Symptom).OfType<string>().Prepend(Symptom);

    /// <summary>Whoever has it is still at it: nothing has been promised for later, nor handed on.</summary>
    public bool IsAtHand => IsOpen && Source == OrderSource.Telemetry && ExplainedAt is null && Vendor is null;

    /// <summary>How many events it was made from.</summary>
    public int Version { get; init; }

    public bool IsOpen => State
        is OrderState.Calling or OrderState.Accepted or OrderState.Arrived or OrderState.Working
        or OrderState.Explained or OrderState.WithVendor or OrderState.Reopened;

    public bool IsSettled => State is OrderState.Resolved or OrderState.FollowedUp or OrderState.Closed;

    public bool IsInPlace => ArrivedAt is not null || AnsweredAt is not null;

    /// <summary>A notice has none.</summary>
    public bool HasClocks => Priority != OrderPriority.Notice;

    /// <summary>Telemetry raised it and does not yet agree that it is over.</summary>
    public bool WaitsForSignal =>
        Source == OrderSource.Telemetry && Alarms.Any(alarm => !alarm.IsPress && !alarm.HasEnded);

    /// <summary>The first promise that was broken, if one was.</summary>
    public SlaClock? FirstBreach =>
        Clocks.Where(clock => clock.Result == ClockResult.Breached).MinBy(clock => clock.DueAt);

    /// <summary>
    /// The promise that counts now: the running clock that is due first, else the one counting up after a breach.
    /// </summary>
    public SlaClock? NextClock =>
        Clocks.Where(clock => clock.IsRunning).MinBy(clock => clock.DueAt)
        ?? Clocks.Where(clock => clock.IsTicking).MinBy(clock => clock.DueAt);

    /// <summary>That alarm or press is one of this order's and has not ended.</summary>
    public bool IsAlarmed(AlarmId id) => Alarms.Any(alarm => alarm.Id == id && !alarm.HasEnded);

    public SlaClock? Ticking(ClockKind kind) =>
        Clocks.FirstOrDefault(clock => clock.Kind == kind && clock.IsTicking);

    /// <summary>
    /// When it re-opens by itself, because it was closed over a signal that has not agreed since: after the time that
    /// the rule itself takes to be sure. Null if nothing says that it goes on.
    /// </summary>
    public DateTimeOffset? GoesOnAt(OrderPolicy? policy = null)
    {
        var least = (policy ?? OrderPolicy.Standard).GoesOnAfterMin;
        var own = Alarms.Where(alarm => !alarm.IsPress && !alarm.HasEnded).Min(alarm => alarm.OwnTime);
        return IsSettled && WaitsForSignal && own is { } time ? ResolvedAt + (time > least ? time : least) : null;
    }

    /// <summary>When something happens to it next without anybody doing anything; null if nothing will.</summary>
    /// <param name="policy">The promises in figures.</param>
    /// <param name="mayGoOn">False where another order is open on its matter: then that one goes on.</param>
    public DateTimeOffset? WakeAt(OrderPolicy? policy = null, bool mayGoOn = true)
    {
        policy ??= OrderPolicy.Standard;
        var wake = mayGoOn ? GoesOnAt(policy) : null;
        foreach (var clock in Clocks.Where(clock => clock.IsRunning))
        {
            Take(clock.IsWarned ? clock.DueAt : WarnAt(clock, policy));
        }

        if (IsOpen && AcceptedBy is null && Ladder.FirstOrDefault(step => !step.IsTold) is { } step)
        {
            Take(step.DueAt);
        }

        return wake;

        void Take(DateTimeOffset at) => wake = wake is { } soonest && soonest <= at ? soonest : at;
    }

    /// <summary>When somebody is told that a clock is about to run out; of an appointment, before it begins.</summary>
    internal DateTimeOffset WarnAt(SlaClock clock, OrderPolicy policy) => clock switch
    {
        { Kind: ClockKind.C5 } when clock.StartedAt == AppointedFor =>
            clock.StartedAt - policy.ReminderBefore is var before && before > StartedAt ? before : StartedAt,
        _ when clock.DueAt - policy.WarnBefore(clock.Kind) is var at && at > clock.StartedAt => at,
        _ => clock.StartedAt,
    };
}
