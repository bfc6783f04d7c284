using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

public sealed partial record WorkOrder
{
    /// <summary>The events of a new order.</summary>
    public static IReadOnlyList<OrderEvent> Raise(
        long id, string number, OrderCommand.Raise raise, DateTimeOffset now, OrderPolicy? policy = null)
    {
        policy ??= OrderPolicy.Standard;
        var request = raise.Request;
        var source = raise.Alarm switch
        {
            null => OrderSource.Person,
            { IsPress: true } => OrderSource.Press,
            _ => OrderSource.Telemetry,
        };
        var raised = new OrderEvent.Raised(
            raise.At, now, raise.By, id, number, source, raise.SpaceId, request, raise.Alarm, raise.Why, raise.Evidence,
            raise.Words, policy.LadderFor(request.Priority, request.Audience, raise.At, raise.AppointedFor),
            raise.AppointedFor);
        var draft = new OrderDraft(From(raised), now, policy);
        draft.AddFirst(raised);
        if (draft.Order.HasClocks)
        {
            StartRound(draft);
        }

        draft.Elapse();
        return draft.Events;
    }

    /// <summary>
    /// What a command comes to now: first whatever time alone has brought since the last look (breaches at their own
    /// instants, rungs of the ladder), then the command itself, or the reason why not.
    /// </summary>
    public OrderDecision Decide(OrderCommand command, DateTimeOffset now, OrderPolicy? policy = null)
    {
        var draft = new OrderDraft(this, now, policy ?? OrderPolicy.Standard, command.DoneAt);
        draft.Elapse();
        if (draft.Order.WhyNotThen(command, now, draft.Policy) is { } late)
        {
            return new OrderDecision.Refused(late);
        }

        if (draft.Order.WhyNot(command, draft.At, draft.Policy) is { } refusal)
        {
            return new OrderDecision.Refused(refusal);
        }

        if (!draft.Order.IsMine(command))
        {
            Carry(command, draft);
        }

        draft.CatchUp();
        return new OrderDecision.Done(draft.Events);
    }

    private static void Carry(OrderCommand command, OrderDraft draft)
    {
        var (at, noted, by, order) = (draft.At, draft.NotedAt, command.By, draft.Order);
        switch (command)
        {
            case OrderCommand.Accept:
                TakeOn(draft, by);
                break;
            case OrderCommand.Arrive:
                TakeOn(draft, by);
                draft.Add(new OrderEvent.Arrived(at, noted, by));
                draft.Stop(ClockKind.C5, by);
                break;
            case OrderCommand.Answer:
                TakeOn(draft, by);
                draft.Add(new OrderEvent.Answered(at, noted, by));
                draft.Stop(ClockKind.C5, by);
                break;
            case OrderCommand.Explain explain:
                draft.Add(new OrderEvent.Explained(
                    at, noted, by, explain.How, explain.ToWhom, explain.Words, explain.NewTime));
                draft.Stop(ClockKind.C30, by);
                if (order is { HasClocks: true, ExplainedAt: null, CommittedFor: null })
                {
                    draft.Start(ClockKind.C4h, order.RoundAt);
                }

                break;
            case OrderCommand.HandToVendor hand:
                draft.Add(new OrderEvent.HandedToVendor(at, noted, by, hand.Vendor, hand.What));
                draft.Stop(ClockKind.C4h, by, ClockResult.Replaced);
                if (order is { HasClocks: true, CommittedFor: null })
                {
                    draft.Start(ClockKind.C1d, order.RoundAt);
                }

                break;
            case OrderCommand.Commit commit:
                draft.Add(new OrderEvent.Committed(at, noted, by, commit.DueAt, commit.How));
                draft.Stop(ClockKind.C1d, by);
                draft.Stop(ClockKind.Cx, by, ClockResult.Replaced);
                draft.Start(ClockKind.Cx, at, commit.DueAt);
                break;
            case OrderCommand.Appoint appoint:
                Appoint(draft, appoint);
                break;
            case OrderCommand.Enlarge enlarge:
                Enlarge(draft, enlarge);
                break;
            case OrderCommand.Resolve resolve:
                Settle(draft, by, resolve.Cause, resolve.Remark, isOverride: false);
                break;
            case OrderCommand.OverrideClose over:
                Settle(draft, by, "override", over.Reason, isOverride: true);
                break;
            case OrderCommand.FollowUp follow:
                draft.Add(new OrderEvent.FollowedUp(at, noted, by, follow.How, follow.Result, follow.Rating));
                draft.Stop(ClockKind.Cfu, by);
                draft.Add(new OrderEvent.Closed(at, noted, by));
                break;
            case OrderCommand.Reopen reopen:
                StartAgain(draft, by, at, reopen.Reason, null, order.Priority);
                break;
            case OrderCommand.Recur recur:
                var higher = Higher(order.Priority, recur.Priority);
                StartAgain(draft, by, order.RecursAt(recur.Alarm), "", recur.Alarm, higher);
                break;
            case OrderCommand.GoOn:
                StartAgain(draft, by, order.GoesOnAt(draft.Policy)!.Value, "", null, order.Priority);
                break;
            case OrderCommand.Repeat repeat:
                Attach(draft, repeat);
                break;
            case OrderCommand.ConfirmClear clear:
                Clear(draft, clear);
                break;
            case OrderCommand.Withdraw withdraw:
                TakeBack(draft, withdraw);
                break;
            case OrderCommand.Cancel cancel:
                End(draft, new OrderEvent.Cancelled(at, noted, by, cancel.Reason));
                break;
            case OrderCommand.Merge merge:
                End(draft, new OrderEvent.Merged(at, noted, by, merge.Into, merge.IntoNumber));
                break;
            case OrderCommand.Note note:
                draft.Add(new OrderEvent.Noted(at, noted, by, note.Words));
                break;
            case OrderCommand.Elapse:
                break;
            default:
                throw new InvalidOperationException($"{command.GetType().Name} is not for an order that exists.");
        }
    }

    private static void TakeOn(OrderDraft draft, Actor by)
    {
        if (draft.Order.AcceptedBy is null)
        {
            draft.Add(new OrderEvent.Accepted(draft.At, draft.NotedAt, by));
        }
    }

    private static void Settle(OrderDraft draft, Actor by, string cause, string note, bool isOverride)
    {
        draft.Add(new OrderEvent.Resolved(draft.At, draft.NotedAt, by, cause, note, isOverride));
        // Nobody came, and nobody need come any more: that promise is neither kept nor broken.
        draft.Stop(ClockKind.C5, by, ClockResult.Replaced);
        draft.StopAll(by, ClockResult.Met);
        if (draft.Order.HasClocks && by != Actor.Hub)
        {
            draft.Start(ClockKind.Cfu, draft.At);
        }
        else
        {
            draft.Add(new OrderEvent.Closed(draft.At, draft.NotedAt, by));
        }
    }

    private static void End(OrderDraft draft, OrderEvent ending)
    {
        draft.Add(ending);
        draft.StopAll(ending.By, ClockResult.Replaced);
    }

    /// <summary>
    /// A notice that becomes more than a notice begins its clocks with the repeat, not with the notice.
    /// </summary>
    private static void Attach(OrderDraft draft, OrderCommand.Repeat repeat)
    {
        var order = draft.Order;
        var priority = Higher(order.Priority, repeat.Priority);
        var begins = !order.HasClocks && priority != OrderPriority.Notice;
        var at = repeat.Alarm.At;
        draft.Add(new OrderEvent.Repeated(
            at, draft.NotedAt, Actor.Hub, repeat.Alarm, priority,
            begins ? draft.Policy.LadderFor(priority, order.Audience, at) : [], repeat.Evidence));
        if (!begins)
        {
            return;
        }

        if (!order.IsInPlace)
        {
            draft.Start(ClockKind.C5, at);
        }

        draft.Start(ClockKind.C30, at);
    }

    private static void Clear(OrderDraft draft, OrderCommand.ConfirmClear clear)
    {
        if (!draft.Order.IsAlarmed(clear.Alarm))
        {
            return;
        }

        draft.Add(new OrderEvent.SignalCleared(clear.At, draft.NotedAt, Actor.Hub, clear.Alarm, clear.Flaps));
        var order = draft.Order;
        var endsItself = !order.HasClocks || draft.Policy.SelfClosingKinds.Contains(order.Kind);
        var isUntaken = order is { IsOpen: true, AcceptedBy: null, Source: OrderSource.Telemetry };
        if (endsItself && isUntaken && !order.WaitsForSignal)
        {
            Settle(draft, Actor.Hub, "recovered", "", isOverride: false);
        }
    }

    /// <summary>With several presses on one order, it is only over when the last of them has been taken back.</summary>
    private static void TakeBack(OrderDraft draft, OrderCommand.Withdraw withdraw)
    {
        if (!draft.Order.IsAlarmed(withdraw.Alarm))
        {
            return;
        }

        draft.Add(new OrderEvent.PressWithdrawn(withdraw.At, draft.NotedAt, Actor.Kiosk, withdraw.Alarm));
        if (draft.Order is { IsOpen: true, IsInPlace: false } order && order.Alarms.All(alarm => alarm.HasEnded))
        {
            End(draft, new OrderEvent.Cancelled(draft.At, draft.NotedAt, Actor.Kiosk, ""));
        }
    }

    /// <summary>On event time, but not before the resolution that it undoes.</summary>
    private DateTimeOffset RecursAt(OrderAlarm alarm) => ResolvedAt is { } resolved && resolved > alarm.At
        ? resolved
        : alarm.At;

    private static OrderPriority Higher(OrderPriority one, OrderPriority other) => one > other ? one : other;
}
