namespace Hub.Gateway.WorkOrders;

/// <summary>
/// Somebody is to be told of something. It is written in the transaction of what it tells of, so neither is there
/// without the other, and it stays until a plan has been made of who is told by which channel.
/// </summary>
/// <param name="Id">Rises by one; with the channel the key of a message, the same at every attempt.</param>
/// <param name="Order">The order's id.</param>
/// <param name="Kind">What they are told.</param>
/// <param name="To">butler, partner, hotline, chief, director or engineer.</param>
/// <param name="At">When it came to that; a breach came at its due instant.</param>
/// <param name="Clock">Which clock, where it is about one.</param>
public sealed record Notice(long Id, long Order, NoticeKind Kind, string To, DateTimeOffset At, ClockKind? Clock)
{
    /// <summary>Whom an event concerns, on the order as it is after it.</summary>
    internal static IEnumerable<NoticeRow> Of(WorkOrder order, OrderEvent happened)
    {
        return happened switch
        {
            OrderEvent.Escalated rung => [Row(NoticeKind.Call, rung.To)],
            OrderEvent.DueSoon soon => [Row(NoticeKind.DueSoon, order.Audience, soon.Clock)],
            OrderEvent.Breached breach =>
                Superiors(breach.Clock).Select(to => Row(NoticeKind.Breach, to, breach.Clock)),
            OrderEvent.Accepted => Called(order).Select(to => Row(NoticeKind.Taken, to)),
            OrderEvent.Cancelled or OrderEvent.Merged or OrderEvent.Closed when order.AcceptedBy is null =>
                Called(order).Select(to => Row(NoticeKind.Over, to)),
            _ => [],
        };

        NoticeRow Row(NoticeKind kind, string to, ClockKind? clock = null) => new()
        {
            OrderId = order.Id,
            Kind = kind,
            To = to.Length == 0 ? "butler" : to,
            At = happened.At.UtcTicks,
            Clock = clock,
        };
    }

    /// <summary>A promise of hours or days that is broken goes one step further up than one of minutes.</summary>
    private static string[] Superiors(ClockKind clock) => clock is ClockKind.C4h or ClockKind.C1d or ClockKind.Cx
        ? ["chief", "director"]
        : ["chief"];

    private static IEnumerable<string> Called(WorkOrder order) =>
        order.Ladder.Where(step => step.IsTold).Select(step => step.To).Distinct();
}
