using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Rulebook;

/// <summary>All orders, a page at a time, for what is counted over them.</summary>
internal static class OrderBook
{
    private const int OrdersMax = 20_000;

    /// <summary>The newest orders that telemetry began, at most so many.</summary>
    public static async Task<List<WorkOrder>> OfTelemetryAsync(OrderDesk desk, CancellationToken cancel)
    {
        var orders = new List<WorkOrder>();
        long? after = null;
        do
        {
            var page = await desk.ListAsync(
                new OrderFilter { Scope = OrderScope.All, Limit = OrderFilter.LimitMax, After = after }, cancel);
            orders.AddRange(page.Items.Where(order => order.Source == OrderSource.Telemetry));
            after = page.Next;
        }
        while (after is not null && orders.Count < OrdersMax);

        return orders;
    }
}
