using Hub.Gateway.Inspections;
using Hub.Gateway.Units;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Reports;

/// <summary>
/// What an owner who has entrusted a home is told each month: how long, registers, inspections with their photos'
/// names, anomalies, orders. Pure.
/// </summary>
public static class CustodyTables
{
    /// <param name="owners">File numbers by unit.</param>
    /// <param name="owner">The units of this number alone; null for all.</param>
    /// <param name="moves">All moves.</param>
    /// <param name="orders">The month's orders.</param>
    /// <param name="inspections">The month's inspections.</param>
    /// <param name="meters">The month's registers.</param>
    /// <param name="from">Its first instant.</param>
    /// <param name="to">The first after it, or now.</param>
    /// <param name="zone">The site's.</param>
    public static IReadOnlyList<ReportTable> Make(
        IReadOnlyDictionary<string, string> owners, string? owner, IReadOnlyList<UnitMove> moves,
        IReadOnlyList<WorkOrder> orders, IReadOnlyList<Inspection> inspections, IReadOnlyList<MeterLine> meters,
        DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var days = moves.GroupBy(move => move.Unit).Select(unit => (
                Unit: unit.Key, Owner: owners.GetValueOrDefault(unit.Key, ""),
                Days: UnitHistory.Vacant(unit, from, to, zone).GetValueOrDefault(Occupancy.Custody).TotalDays))
            .Where(unit => unit.Days > 0 && (owner is null || unit.Owner == owner))
            .OrderBy(unit => unit.Owner, StringComparer.Ordinal).ThenBy(unit => unit.Unit, StringComparer.Ordinal)
            .ToList();
        var units = days.Select(unit => unit.Unit).ToHashSet(StringComparer.Ordinal);
        var own = orders.Where(order => units.Contains(order.SpaceId)).ToList();
        return
        [
            new ReportTable(
                "custody", ["owner", "unit", "days", "inspections", "anomalies", "orders"],
                [
                    .. days.Select(unit => new object?[]
                    {
                        unit.Owner, unit.Unit, Math.Round(unit.Days, 1),
                        inspections.Count(inspection => inspection.Report.Unit == unit.Unit),
                        own.Count(order => order.SpaceId == unit.Unit && order.Source == OrderSource.Telemetry),
                        own.Count(order => order.SpaceId == unit.Unit),
                    }),
                ]),
            MeterLine.Table("registers", meters.Where(meter => units.Contains(meter.Unit))),
            new ReportTable(
                "inspections", ["unit", "at", "passed", "failed", "photos"],
                [
                    .. inspections.Where(inspection => units.Contains(inspection.Report.Unit))
                        .Select(inspection => new object?[]
                        {
                            inspection.Report.Unit, inspection.Report.At, inspection.IsPassed ? 1 : 0,
                            string.Join(' ', inspection.Report.Answers
                                .Where(answer => answer.Result == Checklist.Fail).Select(answer => answer.Item)),
                            string.Join(' ', inspection.Report.Photos.Select(photo => photo.Sha256)),
                        }),
                ]),
            new ReportTable(
                "orders", ["unit", "order", "kind", "at", "state", "cause"],
                [
                    .. own.OrderBy(order => order.StartedAt).Select(order => new object?[]
                    {
                        order.SpaceId, order.Number, order.Kind, order.StartedAt, SlaTables.Word(order.State),
                        order.Cause ?? "",
                    }),
                ]),
        ];
    }
}
