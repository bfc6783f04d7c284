using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

public sealed partial record WorkOrder
{
    /// <summary>
    /// What a new order promises: to be there, and to have it done in 30 minutes or in its kind's own time.
    /// </summary>
    private static void StartRound(OrderDraft draft)
    {
        var order = draft.Order;
        draft.Start(ClockKind.C5, order.RoundAt);
        if (draft.Policy.Terms.TryGetValue(order.Kind, out var term))
        {
            var due = order.StartedAt + term;
            draft.Add(new OrderEvent.Committed(order.StartedAt, draft.NotedAt, Actor.Hub, due, "standard"));
            draft.Start(ClockKind.Cx, order.StartedAt, due);
        }
        else
        {
            draft.Start(ClockKind.C30, order.RoundAt);
        }
    }

    /// <summary>The round begins anew when the customer wants it to; a term of its kind's own goes on.</summary>
    private static void Appoint(OrderDraft draft, OrderCommand.Appoint appoint)
    {
        var order = draft.Order;
        draft.Add(new OrderEvent.Appointed(
            draft.At, draft.NotedAt, appoint.By, appoint.For, appoint.How,
            draft.Policy.LadderFor(order.Priority, order.Audience, draft.At, appoint.For)));
        draft.Stop(ClockKind.C5, appoint.By, ClockResult.Replaced);
        draft.Stop(ClockKind.C30, appoint.By, ClockResult.Replaced);
        draft.Stop(ClockKind.C4h, appoint.By, ClockResult.Replaced);
        if (order.HasClocks)
        {
            draft.Start(ClockKind.C5, appoint.For);
        }

        if (order is { HasClocks: true, CommittedFor: null })
        {
            draft.Start(ClockKind.C30, appoint.For);
        }
    }

    /// <summary>The time of the larger kind takes the place of the 4 hours, and counts from the same start.</summary>
    private static void Enlarge(OrderDraft draft, OrderCommand.Enlarge enlarge)
    {
        var order = draft.Order;
        var kind = draft.Policy.LargerKinds[order.Kind];
        var due = order.RoundAt + draft.Policy.Terms[kind];
        draft.Add(new OrderEvent.Enlarged(draft.At, draft.NotedAt, enlarge.By, kind, due, enlarge.Reason));
        draft.Stop(ClockKind.C4h, enlarge.By, ClockResult.Replaced);
        if (order.HasClocks)
        {
            draft.Start(ClockKind.Cx, draft.At, due);
        }
    }

    /// <summary>
    /// A new round with today's time: somebody has to come within 5 minutes again. What was broken in earlier rounds
    /// stays on record. A commitment starts again with the same span; otherwise the 30 minutes do.
    /// </summary>
    private static void StartAgain(
        OrderDraft draft, Actor by, DateTimeOffset at, string reason, OrderAlarm? alarm, OrderPriority priority)
    {
        var audience = draft.Order.Audience;
        draft.StopAll(by, ClockResult.Replaced);
        draft.Add(new OrderEvent.Reopened(
            at, draft.NotedAt, by, reason, alarm, priority, draft.Policy.LadderFor(priority, audience, at)));
        if (!draft.Order.HasClocks)
        {
            return;
        }

        draft.Start(ClockKind.C5, at);
        if (draft.Order.CommittedFor is { } due)
        {
            draft.Start(ClockKind.Cx, at, due);
        }
        else
        {
            draft.Start(ClockKind.C30, at);
        }
    }
}
