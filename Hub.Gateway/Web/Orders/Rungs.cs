using Hub.Gateway.Notify;
using Hub.Gateway.Roster;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Web.Orders;

/// <summary>Who was told of an order, when and by which channel, and who is next. Pure.</summary>
public static class Rungs
{
    /// <param name="order">The order.</param>
    /// <param name="lines">What was sent of it.</param>
    /// <param name="duty">The roster; null without one.</param>
    /// <param name="staff">Everybody in it.</param>
    public static IReadOnlyList<RungView> Of(
        WorkOrder order, IReadOnlyList<DeliveryLine> lines, IDutyTable? duty, IReadOnlyDictionary<string, Person> staff)
    {
        var isRinging = order is { IsOpen: true, AcceptedBy: null };
        var rungs = order.Ladder.Where(step => step.IsTold || isRinging).Select(step => Rung(
            step,
            step.Called ?? (step.IsTold ? null : duty?.Whom(step.To, order.SpaceId, step.DueAt, IsUrgent(order)))));
        var told = lines.Where(line => !IsCall(line)).GroupBy(line => (line.Kind, line.At))
            .Select(group => new RungView(
                $"{group.Key.Kind}", group.Key.At, true, group.First().To, "",
                People([.. group.Select(line => line.Person).OfType<string>().Distinct()]), false,
                [.. group.Select(Message)]));
        return [.. rungs.Concat(told).OrderBy(one => one.At)];

        RungView Rung(LadderStep step, Called? called) => new(
            "Call", step.DueAt, step.IsTold, step.To,
            called is { People.Count: > 0 } && called.Role != step.To ? called.Role : "",
            People(called?.People ?? []), called is { People.Count: 0 },
            [.. lines.Where(line => IsCall(line) && line.At == step.DueAt).Select(Message)]);

        IReadOnlyList<CalledView> People(IReadOnlyList<string> ids) =>
            [.. ids.Select(id => new CalledView(id, staff.GetValueOrDefault(id)?.Phone ?? ""))];
    }

    private static bool IsUrgent(WorkOrder order) => order.Priority == OrderPriority.Urgent;

    private static bool IsCall(DeliveryLine line) => line.Kind is NoticeKind.Call or NoticeKind.Unreached;

    private static MessageView Message(DeliveryLine line) => new(
        line.Channel, line.Person, $"{line.State}", line.DoneAt, line.State == DeliveryState.Sent ? null : line.Why);
}
