namespace Hub.Gateway.WorkOrders;

public sealed partial record WorkOrder
{
    /// <summary>May that person do that?</summary>
    private Refusal? WhyNot(OrderAction action, Actor by, DateTimeOffset at, OrderPolicy policy) => action switch
    {
        OrderAction.FollowUp when by.Id == ResolvedBy?.Id => new(
            RefusalReason.SamePerson, "Whoever resolved it can't follow it up.", ResolvedBy, ResolvedAt),
        OrderAction.FollowUp => policy.FollowUpRoles.Contains(by.Role) ? null : RoleMayNot(by),
        OrderAction.Commit when Vendor is null && !policy.TermRoles.Contains(by.Role) => RoleMayNot(by),
        OrderAction.Cancel when by.Role == ActorRole.Resident => WhyNotCancelled(at, policy),
        OrderAction.Note when by.Role == ActorRole.Hub => null,
        OrderAction.Reopen or OrderAction.Note when by.Role is ActorRole.Resident or ActorRole.Quality => null,
        _ => by.IsStaff ? null : RoleMayNot(by),
    };

    private Refusal? WhyNotCancelled(DateTimeOffset at, OrderPolicy policy) => this switch
    {
        { Source: not OrderSource.Press } => new(RefusalReason.RoleMayNot, "Only a call can be taken back."),
        { IsInPlace: true } => new(RefusalReason.TooLate, "Somebody is there already.", InPlaceBy, ArrivedAt),
        _ when at > StartedAt + policy.CancelFor => new(
            RefusalReason.TooLate, "The time for taking the call back is over."),
        _ => null,
    };

    /// <summary>Is what the command says complete and possible?</summary>
    private Refusal? WhyNotSo(OrderCommand command, DateTimeOffset at, OrderPolicy policy) => command switch
    {
        OrderCommand.Explain explain =>
            Text(explain.How, "how") ?? Text(explain.ToWhom, "to whom") ?? Text(explain.Words, "what was said")
            ?? Within(explain.NewTime, at, LatestOf(policy)),
        OrderCommand.HandToVendor hand => Text(hand.Vendor, "the vendor") ?? Text(hand.What, "what for"),
        OrderCommand.Commit commit =>
            Text(commit.How, "how") ?? Within(commit.DueAt, at, at + policy.PromiseMax),
        OrderCommand.Appoint appoint =>
            Text(appoint.How, "how") ?? Within(appoint.For, at, at + policy.PromiseMax),
        OrderCommand.Enlarge enlarge => Text(enlarge.Reason, "what makes it large"),
        OrderCommand.Resolve resolve => Text(resolve.Cause, "the cause") ?? Length(resolve.Remark),
        OrderCommand.OverrideClose over => Text(over.Reason, "the reason"),
        OrderCommand.FollowUp { Rating: < 1 or > 5 } => new(
            RefusalReason.ValueOutOfRange, "A rating is from 1 to 5."),
        OrderCommand.FollowUp follow => Text(follow.How, "how") ?? Length(follow.Result),
        OrderCommand.Reopen reopen => Text(reopen.Reason, "the reason"),
        OrderCommand.Cancel { By.Role: ActorRole.Resident } cancel => Length(cancel.Reason),
        OrderCommand.Cancel cancel => Text(cancel.Reason, "the reason"),
        OrderCommand.Merge merge when merge.Into == Id => new(
            RefusalReason.WrongState, "An order can't be merged into itself."),
        OrderCommand.Note note => Text(note.Words, "the note"),
        _ => null,
    };

    /// <summary>Why a person can't write down such an order.</summary>
    internal static Refusal? WhyNotRaised(OrderCommand.Raise raise, DateTimeOffset now, OrderPolicy policy) =>
        raise switch
        {
            // A finding, a plan: the hub knows what it does.
            { By.Role: ActorRole.Hub } => null,
            { By.IsStaff: false } => RoleMayNot(raise.By),
            _ when !policy.PersonKinds.Contains(raise.Request.Kind) => new(
                RefusalReason.ValueOutOfRange,
                $"There is no kind {raise.Request.Kind}; there are {string.Join(", ", policy.PersonKinds.Order())}."),
            _ when raise.At > now || raise.At < now - policy.LateMax => new(
                RefusalReason.TimeOutOfRange, $"It was called between {now - policy.LateMax:u} and now."),
            { AppointedFor: { } time } when Within(time, now, now + policy.PromiseMax) is { } refusal => refusal,
            _ => Text(raise.Words, "what is wanted"),
        };

    private static Refusal? Text(string text, string what) => string.IsNullOrWhiteSpace(text)
        ? new(RefusalReason.TextMissing, $"Say {what}.")
        : Length(text);

    private static Refusal? Length(string text) => text.Length > OrderPolicy.TextCharsMax
        ? new(RefusalReason.TextTooLong, $"At most {OrderPolicy.TextCharsMax} characters.")
        : null;

    private static Refusal? Within(DateTimeOffset time, DateTimeOffset after, DateTimeOffset until) =>
        time > after && time <= until
            ? null
            : new(RefusalReason.TimeOutOfRange, $"The time has to be after {after:u} and no later than {until:u}.");

    private static Refusal RoleMayNot(Actor by) =>
        new(RefusalReason.RoleMayNot, $"{by.Role} may not do that.");
}
