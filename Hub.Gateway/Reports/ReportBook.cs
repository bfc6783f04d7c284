using Hub.Gateway.Inspections;
using Hub.Gateway.Units;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Reports;

/// <summary>Collects what a report is made of; what it says is decided by the tables, which are pure.</summary>
public sealed class ReportBook(
    OrderDesk desk, UnitLedger ledger, InspectionBook inspections, DialBook dials, TimeProvider time)
{
    public static readonly IReadOnlyList<string> Names = ["sla", "care", "workload", "custody", "meters"];

    public TimeZoneInfo Zone => ledger.Zone;

    /// <summary>The report, or null if there is none of that name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="from">Its first instant.</param>
    /// <param name="to">The first after it; what is still to come is left out.</param>
    /// <param name="owner">For custody: one owner's file number; null for all.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Report?> MakeAsync(
        string name, DateTimeOffset from, DateTimeOffset to, string? owner, CancellationToken cancel)
    {
        IReadOnlyList<ReportTable>? tables = name switch
        {
            "sla" => SlaTables.Make(await OrdersAsync(from, to, cancel), ledger.Site, Zone),
            "care" => CareTables.Make(await OrdersAsync(from, to, cancel)),
            "workload" => WorkloadTables.Make(
                await OrdersAsync(from, to, cancel), await inspections.BetweenAsync(from, to, cancel)),
            "custody" => await CustodyAsync(from, to, owner, cancel),
            "meters" => [MeterLine.Table("meters", await MetersAsync(from, to, cancel))],
            _ => null,
        };
        return tables is null ? null : new Report(name, from, to, tables);
    }

    private Task<IReadOnlyList<WorkOrder>> OrdersAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        desk.StartedBetweenAsync(from, to, cancel);

    private async Task<IReadOnlyList<ReportTable>> CustodyAsync(
        DateTimeOffset from, DateTimeOffset to, string? owner, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return CustodyTables.Make(
            await ledger.OwnersAsync(cancel), owner, await ledger.MovesAsync(null, cancel),
            await OrdersAsync(from, to, cancel), await inspections.BetweenAsync(from, to, cancel),
            await MetersAsync(from, to, cancel), from, to < now ? to : now, Zone);
    }

    private async Task<IReadOnlyList<MeterLine>> MetersAsync(
        DateTimeOffset start, DateTimeOffset to, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var end = to < now ? to : now;
        var truths = await dials.LastAsync(end, cancel);
        var points = ledger.Site.Points.Values.ToLookup(point => point.SpaceId);
        return
        [
            .. from unit in WalkingOrder.Of(ledger.Site.Spaces.Values.Where(space => space.Kind == SpaceKind.Unit))
               from point in points[unit.Id].OrderBy(point => point.Number.Value)
               where Signal.Of(point.Signal).Kind == SignalKind.Register
               let serial = point.Meter?.Serial ?? ""
               select Line(point, serial, truths.GetValueOrDefault((point.Number.Value, serial)), start, end),
        ];
    }

    private MeterLine Line(Point point, string serial, MeterTruth? truth, DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (dials.RegisterAt(point.Number, from), dials.RegisterAt(point.Number, to));
        var rollover = point.Meter?.RolloverAt;
        var used = last >= first ? last - first : last + rollover - first;
        return new MeterLine(
            point.Number.Value, point.SpaceId, point.Signal, Signal.Of(point.Signal).Unit, serial,
            Shown(truth, first, rollover), Shown(truth, last, rollover), used, truth is null ? "register" : "dial");
    }

    private static double? Shown(MeterTruth? truth, double? register, double? rolloverAt) =>
        truth is null || register is not { } ours ? register : truth.DialAt(ours, rolloverAt) ?? register;
}
