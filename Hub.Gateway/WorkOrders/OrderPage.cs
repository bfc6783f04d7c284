namespace Hub.Gateway.WorkOrders;

/// <summary>One page of orders.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">What to ask for as <see cref="OrderFilter.After"/>; null on the last page.</param>
public sealed record OrderPage(IReadOnlyList<WorkOrder> Items, long? Next);
