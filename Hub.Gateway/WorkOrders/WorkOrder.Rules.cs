using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

public sealed partial record WorkOrder
{
    /// <summary>
    /// What can be done now, the thing to do next first: the big button of the page. Without a person, what anybody of
    /// the staff could do; with one, only what that person may.
    /// </summary>
    public IReadOnlyList<OrderAction> NextActions(DateTimeOffset now, Actor? by = null, OrderPolicy? policy = null)
    {
        policy ??= OrderPolicy.Standard;
        var at = now > LastAt ? now : LastAt;
        return
        [
            .. Preference(at, policy)
                .Distinct()
                .Where(action => WhyNot(action, at, policy) is null)
                .Where(action => by is null || WhyNot(action, by, at, policy) is null),
        ];
    }

    private IEnumerable<OrderAction> Preference(DateTimeOffset at, OrderPolicy policy)
    {
        // Near the 30 minutes the customer has to hear something, whatever else is to be done.
        if (Ticking(ClockKind.C30) is not null && at >= RoundAt + policy.ExplainFrom)
        {
            yield return OrderAction.Explain;
        }

        if (State == OrderState.WithVendor && IsInPlace)
        {
            yield return OrderAction.Commit;
        }

        foreach (var action in Enum.GetValues<OrderAction>())
        {
            // Whoever is in place solves it; explaining is the second choice until the time comes.
            if (action == OrderAction.Explain && IsInPlace)
            {
                yield return OrderAction.Resolve;
            }

            yield return action;
        }
    }

    private Refusal? WhyNot(OrderCommand command, DateTimeOffset at, OrderPolicy policy) => command switch
    {
        _ when IsMine(command) => null,
        OrderCommand.Repeat => IsOpen ? null : Over(),
        OrderCommand.Recur => IsSettled ? null : new(RefusalReason.WrongState, "It has not been resolved yet."),
        OrderCommand.GoOn => GoesOnAt(policy) <= at
            ? null
            : new(RefusalReason.WrongState, "Nothing says that it goes on."),
        OrderCommand.Withdraw withdraw => WhyNotBack(withdraw.Alarm, withdraw.At, policy),
        OrderCommand.ConfirmClear or OrderCommand.Elapse => null,
        _ when ActionOf(command) is { } action =>
            WhyNot(action, at, policy) ?? WhyNot(action, command.By, at, policy) ?? WhyNotSo(command, at, policy),
        _ => new(RefusalReason.WrongState, "The order exists already."),
    };

    /// <summary>Tapped twice, or sent twice: it is so already, and that is no fault.</summary>
    private bool IsMine(OrderCommand command) => IsOpen && command switch
    {
        OrderCommand.Accept => AcceptedBy?.Id == command.By.Id,
        OrderCommand.Arrive => ArrivedAt is not null && InPlaceBy?.Id == command.By.Id,
        OrderCommand.Answer => AnsweredAt is not null && InPlaceBy?.Id == command.By.Id,
        _ => false,
    };

    /// <summary>Can it have been done then, and does it come soon enough?</summary>
    private Refusal? WhyNotThen(OrderCommand command, DateTimeOffset now, OrderPolicy policy)
    {
        if (command.DoneAt is not { } done || done >= now)
        {
            return null;
        }

        var earliest = EarliestOf(command);
        var after = earliest > now - policy.LateMax ? earliest : now - policy.LateMax;
        return earliest is null || done >= after
            ? null
            : new(RefusalReason.TimeOutOfRange, $"It can't have been done before {after:u}, as the order stands.");
    }

    /// <summary>What a step follows upon; null for what is not taken late.</summary>
    private DateTimeOffset? EarliestOf(OrderCommand command) => command switch
    {
        OrderCommand.Accept or OrderCommand.Arrive or OrderCommand.Answer or OrderCommand.Note =>
            AppointedFor is null ? RoundAt : StartedAt,
        OrderCommand.Explain or OrderCommand.Appoint => AcceptedAt,
        OrderCommand.HandToVendor or OrderCommand.Enlarge => ExplainedAt,
        OrderCommand.Commit => CommittedAt ?? ExplainedAt,
        OrderCommand.Resolve or OrderCommand.OverrideClose =>
            new[] { ArrivedAt, AnsweredAt, ExplainedAt, CommittedAt }.Max(),
        OrderCommand.FollowUp or OrderCommand.Reopen => ResolvedAt,
        _ => LastAt,
    };

    private static OrderAction? ActionOf(OrderCommand command) => command switch
    {
        OrderCommand.Accept => OrderAction.Accept,
        OrderCommand.Arrive => OrderAction.Arrive,
        OrderCommand.Answer => OrderAction.Answer,
        OrderCommand.Explain => OrderAction.Explain,
        OrderCommand.HandToVendor => OrderAction.HandToVendor,
        OrderCommand.Commit => OrderAction.Commit,
        OrderCommand.Appoint => OrderAction.Appoint,
        OrderCommand.Enlarge => OrderAction.Enlarge,
        OrderCommand.Resolve => OrderAction.Resolve,
        OrderCommand.OverrideClose => OrderAction.OverrideClose,
        OrderCommand.FollowUp => OrderAction.FollowUp,
        OrderCommand.Reopen => OrderAction.Reopen,
        OrderCommand.Cancel => OrderAction.Cancel,
        OrderCommand.Merge => OrderAction.Merge,
        OrderCommand.Note => OrderAction.Note,
        _ => null,
    };

    /// <summary>Is the order at a point where that can be done?</summary>
    private Refusal? WhyNot(OrderAction action, DateTimeOffset at, OrderPolicy policy) => action switch
    {
        OrderAction.Note => null,
        OrderAction.FollowUp => State == OrderState.Resolved
            ? null
            : new(RefusalReason.WrongState, "Only a resolved order can be followed up."),
        OrderAction.Reopen => WhyNotAgain(at, policy),
        _ when !IsOpen => Over(),
        OrderAction.Accept => AcceptedBy is { } taken
            ? new(RefusalReason.AlreadyAccepted, $"{taken.Display} has accepted it.", taken, AcceptedAt)
            : null,
        OrderAction.Arrive => ArrivedAt is null ? null : AlreadyThere(ArrivedAt),
        OrderAction.Answer when IsInPlace => AlreadyThere(ArrivedAt ?? AnsweredAt),
        OrderAction.Answer => policy.OnTheSpotKinds.Contains(Kind)
            ? new(RefusalReason.OnTheSpotOnly, $"A {Kind} order needs somebody on the spot.")
            : null,
        OrderAction.OverrideClose => WaitsForSignal
            ? null
            : new(RefusalReason.NothingToOverride, "The signal agrees: resolve it."),
        OrderAction.Cancel or OrderAction.Merge => null,
        OrderAction.Resolve when !HasClocks => WhyNotSolved(),
        _ when AcceptedBy is null => new(RefusalReason.NotAccepted, "Nobody has accepted it yet: accept it first."),
        // Nobody waits for a notice, so there is nobody to explain it to.
        OrderAction.HandToVendor when !HasClocks && Vendor is null => null,
        OrderAction.Explain => WhyNotExplained(at, policy),
        OrderAction.HandToVendor => (ExplainedAt, Vendor) switch
        {
            (_, { } vendor) => new(RefusalReason.AlreadyWithVendor, $"It is with {vendor} already."),
            (null, _) => new(RefusalReason.NotExplained, "Explain it to the customer first: then it can go outside."),
            _ => null,
        },
        OrderAction.Enlarge => WhyNotLarger(at, policy),
        OrderAction.Appoint => this switch
        {
            { Vendor: { } vendor } => new(
                RefusalReason.AlreadyWithVendor, $"It is with {vendor}: give a date instead."),
            { IsInPlace: true } => AlreadyThere(ArrivedAt ?? AnsweredAt),
            { Source: not OrderSource.Person } => new(
                RefusalReason.WrongState, "Only what was asked for by a person can be put off to a time."),
            _ => null,
        },
        OrderAction.Commit => Vendor is null && CommittedFor is null
            ? new(RefusalReason.WrongState, "Only what is with an outside party gets a commitment.")
            : null,
        OrderAction.Resolve => IsInPlace
            ? WhyNotSolved()
            : new(RefusalReason.NotInPlace, "Nobody has arrived or answered yet."),
        _ => throw new InvalidOperationException($"Unknown action {action}."),
    };

    private Refusal? WhyNotLarger(DateTimeOffset at, OrderPolicy policy) => this switch
    {
        _ when !policy.LargerKinds.ContainsKey(Kind) => new(
            RefusalReason.WrongState, "Only a small repair turns out to be a large one."),
        { Vendor: { } vendor } => new(RefusalReason.AlreadyWithVendor, $"It is with {vendor}: give a date instead."),
        { ExplainedAt: null } => new(
            RefusalReason.NotExplained, "Explain it to the customer first: then it may take longer."),
        _ when at >= RoundAt + policy.Terms[policy.LargerKinds[Kind]] => new(
            RefusalReason.TooLate, "The time that a large repair has is over as well: resolve it."),
        _ => null,
    };

    private Refusal? WhyNotSolved() => WaitsForSignal
        ? new(RefusalReason.SignalStillFiring, "The signal still shows it. Wait for it, or override with a reason.")
        : null;

    private Refusal? WhyNotExplained(DateTimeOffset at, OrderPolicy policy) => this switch
    {
        { Vendor: { } vendor } => new(RefusalReason.AlreadyWithVendor, $"It is with {vendor}: give a date instead."),
        _ when at >= LatestOf(policy) => new(
            RefusalReason.TooLate, "The time that an explanation could promise is over: resolve it."),
        _ => null,
    };

    /// <summary>The latest time that an explanation may promise.</summary>
    internal DateTimeOffset LatestOf(OrderPolicy policy) => CommittedFor ?? RoundAt + policy.FinalMax;

    private Refusal? WhyNotAgain(DateTimeOffset at, OrderPolicy policy) => this switch
    {
        { IsSettled: false } => new(RefusalReason.WrongState, "Only a resolved order can be re-opened."),
        { ResolvedAt: { } resolved } when at > resolved + policy.ReopenFor => new(
            RefusalReason.TooLate, "It was resolved too long ago: raise a new order.", ResolvedBy, resolved),
        _ => null,
    };

    private Refusal? WhyNotBack(AlarmId alarm, DateTimeOffset at, OrderPolicy policy) =>
        Alarms.FirstOrDefault(known => known.Id == alarm) is { } press && at > press.At + policy.CancelFor
            ? new(RefusalReason.TooLate, "The time for taking the press back is over.")
            : null;

    private Refusal AlreadyThere(DateTimeOffset? since) =>
        new(RefusalReason.AlreadyInPlace, $"{InPlaceBy?.Display} is there already.", InPlaceBy, since);

    private Refusal Over() => new(RefusalReason.WrongState, $"The order is over: {State}.", ResolvedBy, ResolvedAt);
}
