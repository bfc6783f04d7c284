using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

public sealed partial record WorkOrder
{
    /// <summary>The order that those events tell of; the first is its raising.</summary>
    public static WorkOrder Fold(IEnumerable<OrderEvent> events)
    {
        WorkOrder? order = null;
        foreach (var happened in events)
        {
            order = order is null ? From((OrderEvent.Raised)happened) : order.Apply(happened);
        }

        return order ?? throw new ArgumentException("An order has at least one event.", nameof(events));
    }

    public static WorkOrder From(OrderEvent.Raised raised) => new()
    {
        Id = raised.Id,
        Number = raised.Number,
        Source = raised.Source,
        SpaceId = raised.SpaceId,
        Kind = raised.Request.Kind,
        Symptom = raised.Request.Symptom,
        Priority = raised.Request.Priority,
        Audience = raised.Request.Audience,
        StartedAt = raised.At,
        NotedAt = raised.NotedAt,
        RoundAt = raised.AppointedFor ?? raised.At,
        AppointedFor = raised.AppointedFor,
        Alarms = raised.Alarm is { } alarm ? [alarm] : [],
        Why = raised.Why,
        Evidence = raised.Evidence,
        Words = raised.Words,
        Ladder = raised.Ladder,
        LastAt = raised.At,
        Version = 1,
    };

    /// <summary>The order after that event. Events are facts: none is refused here.</summary>
    public WorkOrder Apply(OrderEvent happened)
    {
        var after = Happened(happened);
        return after with
        {
            State = after.IsOpen ? after.OpenState : after.State,
            // A clock may begin later than it is set: at an appointment.
            LastAt = happened.At > LastAt && happened is not OrderEvent.ClockStarted ? happened.At : LastAt,
            Version = Version + 1,
        };
    }

    /// <summary>While it is open, the state is how far the present round has come.</summary>
    private OrderState OpenState => this switch
    {
        { AcceptedBy: null } => Round > 1 ? OrderState.Reopened : OrderState.Calling,
        { Vendor: not null } => OrderState.WithVendor,
        { ExplainedAt: not null } => OrderState.Explained,
        { AnsweredAt: not null } => OrderState.Working,
        { ArrivedAt: not null } => OrderState.Arrived,
        _ => OrderState.Accepted,
    };

    private WorkOrder Happened(OrderEvent happened) => happened switch
    {
        OrderEvent.ClockStarted started => this with
        {
            Clocks = [.. Clocks, new SlaClock(started.Clock, started.At, started.DueAt)],
        },
        OrderEvent.ClockStopped stopped => WithTicking(
            stopped.Clock, clock => clock with { StoppedAt = stopped.At, Result = stopped.Result }),
        OrderEvent.DueSoon soon => WithTicking(soon.Clock, clock => clock with { IsWarned = true }),
        OrderEvent.Breached breached => WithTicking(
            breached.Clock, clock => clock with { Result = ClockResult.Breached }),
        OrderEvent.Escalated told => this with { Ladder = Told(Ladder, told.Called) },
        OrderEvent.Unreached none => this with { Ladder = Told(Ladder, new Called(none.To, [])) },
        OrderEvent.Repeated repeated => this with
        {
            Repeats = Repeats + 1,
            Alarms = Remembered(repeated.Alarm),
            Priority = repeated.Priority,
            Evidence = With(repeated.Evidence),
            Ladder = HasClocks ? Ladder : repeated.Ladder,
            RoundAt = HasClocks || repeated.Priority == OrderPriority.Notice ? RoundAt : repeated.At,
        },
        OrderEvent.Accepted => this with { AcceptedBy = happened.By, AcceptedAt = happened.At },
        OrderEvent.Arrived => this with { InPlaceBy = happened.By, ArrivedAt = happened.At },
        OrderEvent.Answered => this with { InPlaceBy = happened.By, AnsweredAt = happened.At },
        OrderEvent.Explained explained => this with { ExplainedAt = explained.At, PromisedFor = explained.NewTime },
        OrderEvent.HandedToVendor handed => this with { Vendor = handed.Vendor },
        OrderEvent.Committed committed => this with
        {
            CommittedAt = committed.At,
            CommittedFor = committed.DueAt,
            PromisedFor = committed.DueAt,
        },
        OrderEvent.SignalCleared cleared => WithEnded(cleared.Alarm, cleared.At, cleared.Flaps),
        OrderEvent.PressWithdrawn withdrawn => WithEnded(withdrawn.Alarm, withdrawn.At),
        OrderEvent.Resolved resolved => this with
        {
            State = OrderState.Resolved,
            ResolvedBy = resolved.By,
            ResolvedAt = resolved.At,
            Cause = resolved.Cause,
        },
        OrderEvent.FollowedUp followed => this with
        {
            State = OrderState.FollowedUp,
            Rating = followed.Rating ?? Rating,
        },
        OrderEvent.Closed => this with { State = OrderState.Closed },
        OrderEvent.Reopened reopened => NextRound(reopened),
        OrderEvent.Cancelled => this with { State = OrderState.Cancelled },
        OrderEvent.Merged merged => this with { State = OrderState.Merged, MergedInto = merged.Into },
        OrderEvent.Noted => this,
        OrderEvent.Appointed appointed => this with
        {
            AppointedFor = appointed.For,
            PromisedFor = appointed.For,
            RoundAt = appointed.For,
            ExplainedAt = null,
            Ladder = AcceptedBy is null ? appointed.Ladder : Ladder,
        },
        OrderEvent.Enlarged larger => this with
        {
            Kind = larger.Kind,
            CommittedAt = RoundAt,
            CommittedFor = larger.DueAt,
            PromisedFor = larger.DueAt,
        },
        OrderEvent.Undone undone => undone.Before with { Undone = [.. Undone, undone.What] },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} can't happen to an order that exists."),
    };

    /// <summary>Everybody has to come again; but an outside party's commitment goes on, with a new date.</summary>
    private WorkOrder NextRound(OrderEvent.Reopened reopened)
    {
        var isCommitted = CommittedFor is not null;
        return this with
        {
            State = OrderState.Reopened,
            Round = Round + 1,
            RoundAt = reopened.At,
            Priority = reopened.Priority,
            Ladder = reopened.Ladder,
            AppointedFor = null,
            Alarms = reopened.Alarm is { } alarm ? Remembered(alarm) : Alarms,
            Repeats = reopened.Alarm is null ? Repeats : Repeats + 1,
            AcceptedBy = null,
            AcceptedAt = null,
            InPlaceBy = null,
            ArrivedAt = null,
            AnsweredAt = null,
            ExplainedAt = isCommitted && Vendor is not null ? ExplainedAt : null,
            Vendor = isCommitted ? Vendor : null,
            PromisedFor = isCommitted ? reopened.At + (CommittedFor - CommittedAt) : null,
            CommittedAt = isCommitted ? reopened.At : null,
            CommittedFor = isCommitted ? reopened.At + (CommittedFor - CommittedAt) : null,
            ResolvedBy = null,
            ResolvedAt = null,
            Cause = null,
        };
    }

    private WorkOrder WithTicking(ClockKind kind, Func<SlaClock, SlaClock> change) => this with
    {
        Clocks = [.. Clocks.Select(clock => clock.Kind == kind && clock.IsTicking ? change(clock) : clock)],
    };

    private WorkOrder WithEnded(AlarmId alarm, DateTimeOffset at, int flaps = 0) => this with
    {
        Alarms = [.. Alarms.Select(known => known.Id == alarm ? known with { EndedAt = at, Flaps = flaps } : known)],
    };

    /// <summary>The readings of both; the limit line stays that of the first.</summary>
    private Evidence? With(Evidence? more) => (Evidence, more) switch
    {
        ({ } one, { } other) => one with
        {
            Points = [.. one.Points.Union(other.Points)],
            From = other.From < one.From ? other.From : one.From,
            To = other.To > one.To ? other.To : one.To,
        },
        _ => Evidence ?? more,
    };

    /// <summary>A bounded memory: what has ended goes first, then the oldest; the first one always stays.</summary>
    private List<OrderAlarm> Remembered(OrderAlarm alarm)
    {
        List<OrderAlarm> alarms = [.. Alarms, alarm];
        if (alarms.Count > OrderPolicy.AlarmsMax)
        {
            var ended = alarms.FindIndex(1, known => known.HasEnded);
            alarms.RemoveAt(ended > 0 ? ended : 1);
        }

        return alarms;
    }

    private static List<LadderStep> Told(IReadOnlyList<LadderStep> ladder, Called? called)
    {
        List<LadderStep> told = [.. ladder];
        var next = told.FindIndex(step => !step.IsTold);
        told[next] = told[next] with { IsTold = true, Called = called };
        return told;
    }
}
