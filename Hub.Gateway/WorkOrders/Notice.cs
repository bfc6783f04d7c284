using Hub.Rules.Alarms;

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
/// <param name="Person">Who it is, by the roster; null for a role as such.</param>
public sealed record Notice(
    long Id, long Order, NoticeKind Kind, string To, DateTimeOffset At, ClockKind? Clock, string? Person = null)
{
    /// <summary>
    /// Whom an event concerns, on the order as it is after it: the role as such, for channels that many read, and each
    /// person of it that the roster names.
    /// </summary>
    internal static IEnumerable<NoticeRow> Of(WorkOrder order, OrderEvent happened, IDutyTable? duty)
    {
        return happened switch
        {
            OrderEvent.Raised { Request: { Kind: OrderPolicy.Complaint, Priority: OrderPriority.Urgent } } =>
                Rows(NoticeKind.Upward, Superiors(ClockKind.C4h).Select(OnDuty)),
            OrderEvent.Escalated rung => Rows(NoticeKind.Call, [rung.Called ?? new Called(rung.To, [])]),
            OrderEvent.Unreached => Rows(
                NoticeKind.Unreached,
                Superiors(ClockKind.C4h).Select(to => new Called(to, duty?.Everybody(to) ?? []))),
            OrderEvent.DueSoon soon => Rows(NoticeKind.DueSoon, [Owner()], soon.Clock),
            OrderEvent.Breached breach =>
                Rows(NoticeKind.Breach, Superiors(breach.Clock).Select(OnDuty), breach.Clock),
            OrderEvent.Accepted => Rows(NoticeKind.Taken, CalledOn(order)),
            OrderEvent.Cancelled or OrderEvent.Merged or OrderEvent.Closed when order.AcceptedBy is null =>
                Rows(NoticeKind.Over, CalledOn(order)),
            _ => [],
        };

        IEnumerable<NoticeRow> Rows(NoticeKind kind, IEnumerable<Called> called, ClockKind? clock = null)
        {
            var all = called.ToList();
            return all.Select(one => one.Role).Distinct().Select(role => Row(role, null))
                .Concat(all.SelectMany(one => one.People.Select(person => (one.Role, Person: person)))
                    .DistinctBy(one => one.Person).Select(one => Row(one.Role, one.Person)));

            NoticeRow Row(string to, string? person) => new()
            {
                OrderId = order.Id,
                Kind = kind,
                To = to.Length == 0 ? "butler" : to,
                At = happened.At.UtcTicks,
                Clock = clock,
                Person = person,
            };
        }

        // Whoever has accepted it; before that, whoever it is for.
        Called Owner() => order.AcceptedBy is { } owner
            ? new Called(order.Audience, duty is null ? [] : [owner.Id])
            : OnDuty(order.Audience);

        // What only informs reaches the right ones after their quiet hours: it is not for somebody else.
        Called OnDuty(string to) => new(
            to, duty?.Whom(to.Length == 0 ? "butler" : to, order.SpaceId, happened.At, isUrgent: true).People ?? []);
    }

    /// <summary>A promise of hours or days that is broken goes one step further up than one of minutes.</summary>
    private static string[] Superiors(ClockKind clock) => clock is ClockKind.C4h or ClockKind.C1d or ClockKind.Cx
        ? ["chief", "director"]
        : ["chief"];

    private static IEnumerable<Called> CalledOn(WorkOrder order) =>
        order.Ladder.Where(step => step.IsTold).Select(step => step.Called ?? new Called(step.To, []));
}
