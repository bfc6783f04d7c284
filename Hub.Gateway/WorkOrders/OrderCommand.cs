using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// What somebody, or the telemetry, wants done to an order. The private constructor closes the family.
/// </summary>
/// <param name="By">Who wants it.</param>
public abstract record OrderCommand(Actor By)
{
    /// <summary>
    /// When it was done, if that was before the hub heard of it: by the clock of a phone that had no connection.
    /// </summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Raise a new order.</summary>
    /// <param name="SpaceId">Where.</param>
    /// <param name="Request">What kind, about what, how soon, for whom.</param>
    /// <param name="At">T0: the press or the anomaly on its own time.</param>
    /// <param name="Alarm">The press or alarm behind it; null if a person wrote it down.</param>
    /// <param name="Why">The sentence.</param>
    /// <param name="Evidence">The readings.</param>
    /// <param name="Words">What the caller said, if a person wrote it down.</param>
    /// <param name="AppointedFor">When the customer wants somebody there, where that is not now.</param>
    public sealed record Raise(
        string SpaceId, OrderRequest Request, DateTimeOffset At, Actor By, OrderAlarm? Alarm = null,
        Explanation? Why = null, Evidence? Evidence = null, string Words = "", DateTimeOffset? AppointedFor = null)
        : OrderCommand(By);

    /// <summary>Another press or alarm on the same matter, or of the same case.</summary>
    /// <param name="Evidence">The readings, where it is more than the same again.</param>
    public sealed record Repeat(OrderAlarm Alarm, OrderPriority Priority, Evidence? Evidence = null)
        : OrderCommand(Actor.Hub);

    /// <summary>The same anomaly after the order was resolved.</summary>
    public sealed record Recur(OrderAlarm Alarm, OrderPriority Priority) : OrderCommand(Actor.Hub);

    /// <summary>I have it.</summary>
    public sealed record Accept(Actor By) : OrderCommand(By);

    /// <summary>I am there.</summary>
    public sealed record Arrive(Actor By) : OrderCommand(By);

    /// <summary>I have the customer on the phone, or am at it from the desk.</summary>
    public sealed record Answer(Actor By) : OrderCommand(By);

    /// <summary>The customer has been told that it takes longer.</summary>
    /// <param name="How">face, phone or message.</param>
    /// <param name="ToWhom">Who was told.</param>
    /// <param name="Words">What was said.</param>
    /// <param name="NewTime">When it will be solved, at most 4 hours after the start.</param>
    public sealed record Explain(string How, string ToWhom, string Words, DateTimeOffset NewTime, Actor By)
        : OrderCommand(By);

    /// <summary>An outside party is needed.</summary>
    public sealed record HandToVendor(string Vendor, string What, Actor By) : OrderCommand(By);

    /// <summary>The customer has been given a date.</summary>
    public sealed record Commit(DateTimeOffset DueAt, string How, Actor By) : OrderCommand(By);

    /// <summary>The customer wants somebody there at another time.</summary>
    /// <param name="For">When.</param>
    /// <param name="How">How that was agreed: face, phone or message.</param>
    public sealed record Appoint(DateTimeOffset For, string How, Actor By) : OrderCommand(By);

    /// <summary>A small repair turns out to be a large one, which has its own time.</summary>
    /// <param name="Reason">What makes it large.</param>
    public sealed record Enlarge(string Reason, Actor By) : OrderCommand(By);

    /// <summary>It is solved.</summary>
    /// <param name="Cause">A cause code: <c>false-alarm</c>, <c>tap-open</c>, <c>pipe</c> …</param>
    /// <param name="Remark">What was done; may be empty.</param>
    public sealed record Resolve(string Cause, string Remark, Actor By) : OrderCommand(By);

    /// <summary>It is solved although the signal does not agree, for this reason.</summary>
    public sealed record OverrideClose(string Reason, Actor By) : OrderCommand(By);

    /// <summary>The customer has been asked.</summary>
    /// <param name="How">face, phone or message.</param>
    /// <param name="Result">What the customer said; may be empty.</param>
    /// <param name="Rating">1 to 5, if one was given.</param>
    public sealed record FollowUp(string How, string Result, int? Rating, Actor By) : OrderCommand(By);

    /// <summary>It is not solved after all.</summary>
    public sealed record Reopen(string Reason, Actor By) : OrderCommand(By);

    /// <summary>It was a mistake: by the resident soon after the press, or by staff with a reason.</summary>
    public sealed record Cancel(string Reason, Actor By) : OrderCommand(By);

    /// <summary>One press was taken back at the kiosk.</summary>
    public sealed record Withdraw(AlarmId Alarm, DateTimeOffset At) : OrderCommand(Actor.Kiosk);

    /// <summary>Telemetry agrees that the anomaly is gone.</summary>
    public sealed record ConfirmClear(AlarmId Alarm, DateTimeOffset At, int Flaps = 0) : OrderCommand(Actor.Hub);

    /// <summary>Another order goes on with this matter.</summary>
    public sealed record Merge(long Into, string IntoNumber, Actor By) : OrderCommand(By);

    public sealed record Note(string Words, Actor By) : OrderCommand(By);

    /// <summary>What I did last, a moment ago, was a mistake.</summary>
    public sealed record Undo(Actor By) : OrderCommand(By);

    /// <summary>It was closed over a signal that has not agreed since.</summary>
    public sealed record GoOn() : OrderCommand(Actor.Hub);

    /// <summary>Nothing but the passing of time.</summary>
    public sealed record Elapse() : OrderCommand(Actor.Hub);
}
