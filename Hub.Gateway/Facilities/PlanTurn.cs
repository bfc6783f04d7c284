using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Facilities;

/// <summary>The last order that a plan has made, and what has become of it.</summary>
/// <param name="Order">Its id.</param>
/// <param name="Number">As people say it.</param>
/// <param name="DueOn">The date for which it was made; null by hours alone.</param>
/// <param name="EndedAt">When it was resolved or called off; null while it is open.</param>
/// <param name="IsDone">Resolved: that is when it was done. One that was called off was skipped.</param>
public sealed record PlanTurn(long Order, string Number, DateOnly? DueOn, DateTimeOffset? EndedAt, bool IsDone)
{
    public static PlanTurn Of(WorkOrder order, DateOnly? dueOn) => order switch
    {
        { IsOpen: true } => new(order.Id, order.Number, dueOn, null, false),
        { IsSettled: true, ResolvedAt: { } at } => new(order.Id, order.Number, dueOn, at, true),
        _ => new(order.Id, order.Number, dueOn, order.LastAt, false),
    };
}
