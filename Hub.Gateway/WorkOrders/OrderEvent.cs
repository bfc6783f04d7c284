using System.Text.Json.Serialization;
using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// What has happened to an order; nothing is ever overwritten, and folding the events gives the order.
/// The names after <see cref="JsonDerivedTypeAttribute"/> are stored: they are only ever added to.
/// </summary>
/// <param name="At">When it happened. A breach happened at its due instant, whenever it was noticed.</param>
/// <param name="NotedAt">When the hub wrote it down.</param>
/// <param name="By">Who did it.</param>
[JsonDerivedType(typeof(Raised), "raised")]
[JsonDerivedType(typeof(ClockStarted), "clock-started")]
[JsonDerivedType(typeof(ClockStopped), "clock-stopped")]
[JsonDerivedType(typeof(DueSoon), "due-soon")]
[JsonDerivedType(typeof(Breached), "breached")]
[JsonDerivedType(typeof(Escalated), "escalated")]
[JsonDerivedType(typeof(Unreached), "unreached")]
[JsonDerivedType(typeof(Repeated), "repeated")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Arrived), "arrived")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Explained), "explained")]
[JsonDerivedType(typeof(HandedToVendor), "handed-to-vendor")]
[JsonDerivedType(typeof(Committed), "committed")]
[JsonDerivedType(typeof(SignalCleared), "signal-cleared")]
[JsonDerivedType(typeof(Resolved), "resolved")]
[JsonDerivedType(typeof(FollowedUp), "followed-up")]
[JsonDerivedType(typeof(Closed), "closed")]
[JsonDerivedType(typeof(Reopened), "reopened")]
[JsonDerivedType(typeof(PressWithdrawn), "press-withdrawn")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Merged), "merged")]
[JsonDerivedType(typeof(Noted), "noted")]
[JsonDerivedType(typeof(Appointed), "appointed")]
[JsonDerivedType(typeof(Enlarged), "enlarged")]
[JsonDerivedType(typeof(Undone), "undone")]
public abstract record OrderEvent(DateTimeOffset At, DateTimeOffset NotedAt, Actor By)
{
    public sealed record Raised(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, long Id, string Number, OrderSource Source,
        string SpaceId, OrderRequest Request, OrderAlarm? Alarm, Explanation? Why, Evidence? Evidence, string Words,
        IReadOnlyList<LadderStep> Ladder, DateTimeOffset? AppointedFor = null) : OrderEvent(At, NotedAt, By);

    public sealed record ClockStarted(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, ClockKind Clock, DateTimeOffset DueAt)
        : OrderEvent(At, NotedAt, By);

    public sealed record ClockStopped(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, ClockKind Clock, ClockResult Result)
        : OrderEvent(At, NotedAt, By);

    /// <summary>A clock is about to run out.</summary>
    public sealed record DueSoon(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, ClockKind Clock, DateTimeOffset DueAt)
        : OrderEvent(At, NotedAt, By);

    public sealed record Breached(DateTimeOffset At, DateTimeOffset NotedAt, Actor By, ClockKind Clock)
        : OrderEvent(At, NotedAt, By);

    /// <summary>Nobody had accepted, so the next on the ladder is told; with a roster, who that is.</summary>
    public sealed record Escalated(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string To, Called? Called = null)
        : OrderEvent(At, NotedAt, By);

    /// <summary>It was somebody's turn on the ladder, and the roster has nobody to call, nor anybody above.</summary>
    public sealed record Unreached(DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string To)
        : OrderEvent(At, NotedAt, By);

    /// <summary>Another press or alarm; a ladder only if it turns a mere notice into something urgent.</summary>
    public sealed record Repeated(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, OrderAlarm Alarm, OrderPriority Priority,
        IReadOnlyList<LadderStep> Ladder, Evidence? Evidence = null) : OrderEvent(At, NotedAt, By);

    public sealed record Accepted(DateTimeOffset At, DateTimeOffset NotedAt, Actor By) : OrderEvent(At, NotedAt, By);

    public sealed record Arrived(DateTimeOffset At, DateTimeOffset NotedAt, Actor By) : OrderEvent(At, NotedAt, By);

    public sealed record Answered(DateTimeOffset At, DateTimeOffset NotedAt, Actor By) : OrderEvent(At, NotedAt, By);

    public sealed record Explained(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string How, string ToWhom, string Words,
        DateTimeOffset NewTime) : OrderEvent(At, NotedAt, By);

    public sealed record HandedToVendor(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string Vendor, string What) : OrderEvent(At, NotedAt, By);

    public sealed record Committed(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, DateTimeOffset DueAt, string How)
        : OrderEvent(At, NotedAt, By);

    public sealed record SignalCleared(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, AlarmId Alarm, int Flaps = 0)
        : OrderEvent(At, NotedAt, By);

    public sealed record Resolved(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string Cause, string Note, bool IsOverride)
        : OrderEvent(At, NotedAt, By);

    public sealed record FollowedUp(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string How, string Result, int? Rating)
        : OrderEvent(At, NotedAt, By);

    public sealed record Closed(DateTimeOffset At, DateTimeOffset NotedAt, Actor By) : OrderEvent(At, NotedAt, By);

    /// <summary>A new round: by a person with a reason, or by the same anomaly (then with its alarm).</summary>
    public sealed record Reopened(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string Reason, OrderAlarm? Alarm, OrderPriority Priority,
        IReadOnlyList<LadderStep> Ladder) : OrderEvent(At, NotedAt, By);

    public sealed record PressWithdrawn(DateTimeOffset At, DateTimeOffset NotedAt, Actor By, AlarmId Alarm)
        : OrderEvent(At, NotedAt, By);

    public sealed record Cancelled(DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string Reason)
        : OrderEvent(At, NotedAt, By);

    public sealed record Merged(DateTimeOffset At, DateTimeOffset NotedAt, Actor By, long Into, string IntoNumber)
        : OrderEvent(At, NotedAt, By);

    public sealed record Noted(DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string Words)
        : OrderEvent(At, NotedAt, By);

    /// <summary>Somebody is to be there at another time; the ladder, while nobody has accepted.</summary>
    public sealed record Appointed(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, DateTimeOffset For, string How,
        IReadOnlyList<LadderStep> Ladder) : OrderEvent(At, NotedAt, By);

    /// <summary>It goes on as another kind, with the time of that one.</summary>
    public sealed record Enlarged(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, string Kind, DateTimeOffset DueAt, string Reason)
        : OrderEvent(At, NotedAt, By);

    /// <summary>An act was a mistake; it stays on record, and the order goes on as it was before.</summary>
    /// <param name="What">When that was done.</param>
    /// <param name="Before">The order before it.</param>
    public sealed record Undone(
        DateTimeOffset At, DateTimeOffset NotedAt, Actor By, DateTimeOffset What, WorkOrder Before)
        : OrderEvent(At, NotedAt, By);
}
