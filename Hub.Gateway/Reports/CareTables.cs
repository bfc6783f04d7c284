using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Reports;

/// <summary>What residents said, and whether they were asked. Pure.</summary>
public static class CareTables
{
    /// <summary>A rating from here on is a satisfied resident.</summary>
    private const int SatisfiedFrom = 4;

    public static IReadOnlyList<ReportTable> Make(IReadOnlyList<WorkOrder> orders)
    {
        var kinds = orders.GroupBy(order => order.Kind).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, Orders: group.ToList())).Append(("", [.. orders])).ToList();
        return
        [
            new ReportTable(
                "satisfaction", ["kind", "n", "mean", "satisfied", "share"],
                [.. kinds.Select(kind => Satisfaction(kind.Key, kind.Orders))]),
            new ReportTable(
                "followups", ["kind", "n", "kept", "broken", "running", "share"],
                [.. kinds.Select(kind => FollowUps(kind.Key, kind.Orders))]),
        ];
    }

    private static object?[] Satisfaction(string kind, List<WorkOrder> orders)
    {
        var ratings = orders.Select(order => order.Rating).OfType<int>().ToList();
        var satisfied = ratings.Count(rating => rating >= SatisfiedFrom);
        return
        [
            kind, ratings.Count, ratings.Count == 0 ? null : ratings.Average(), satisfied,
            ratings.Count < SlaTables.SharedFrom ? null : (double)satisfied / ratings.Count,
        ];
    }

    /// <summary>Covered is what was followed up in time, of all that fell due.</summary>
    private static object?[] FollowUps(string kind, List<WorkOrder> orders)
    {
        var clocks = orders.SelectMany(order => order.Clocks).Where(clock => clock.Kind == ClockKind.Cfu).ToList();
        var (kept, broken) = (Count(clocks, ClockResult.Met), Count(clocks, ClockResult.Breached));
        return
        [
            kind, kept + broken, kept, broken, Count(clocks, ClockResult.Running),
            kept + broken < SlaTables.SharedFrom ? null : (double)kept / (kept + broken),
        ];
    }

    private static int Count(List<SlaClock> clocks, ClockResult result) =>
        clocks.Count(clock => clock.Result == result);
}
