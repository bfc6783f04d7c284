using Hub.Gateway.Inspections;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Reports;

/// <summary>Who had how much to do; for the chief, to share it out, and no ranking. Pure.</summary>
public static class WorkloadTables
{
    public static IReadOnlyList<ReportTable> Make(
        IReadOnlyList<WorkOrder> orders, IReadOnlyList<Inspection> inspections)
    {
        var accepted = orders.Where(order => order.AcceptedBy is not null).ToLookup(order => order.AcceptedBy!.Id);
        var resolved = orders.Where(order => order.ResolvedBy is { Role: not ActorRole.Hub })
            .ToLookup(order => order.ResolvedBy!.Id);
        var walked = inspections.ToLookup(inspection => inspection.By);
        var people = accepted.Select(group => group.Key).Union(resolved.Select(group => group.Key))
            .Union(walked.Select(group => group.Key)).Order(StringComparer.Ordinal);
        return
        [
            new ReportTable(
                "workload", ["person", "accepted", "resolved", "minutes-to-place", "inspections"],
                [
                    .. people.Select(person => new object?[]
                    {
                        person, accepted[person].Count(), resolved[person].Count(), ToPlace(accepted[person]),
                        walked[person].Count(),
                    }),
                ]),
        ];
    }

    private static double? ToPlace(IEnumerable<WorkOrder> orders) => orders
        .Where(order => order.ArrivedAt is not null)
        .Select(order => (double?)(order.ArrivedAt!.Value - order.StartedAt).TotalMinutes).Average();
}
