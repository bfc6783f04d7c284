using System.Globalization;
using Hub.Gateway.Inspections;
using Hub.Gateway.Series;
using Hub.Gateway.Units;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Vacant;

/// <summary>Makes the ledger out of the site, the open orders and what the points last said.</summary>
public sealed class VacantMaker(OrderDesk desk, IPremises premises, IServiceProvider services)
{
    private readonly HistoryStore? _history = services.GetService<HistoryStore>();
    private readonly LastInspections _inspections = services.GetRequiredService<LastInspections>();
    private readonly InspectionPolicy _policy = services.GetRequiredService<InspectionPolicy>();

    public async Task<VacantView> MakeAsync(Frame frame, CancellationToken cancel)
    {
        await desk.LoadAsync(cancel);
        var site = premises.Current;
        var orders = desk.OpenOrders.GroupBy(order => order.SpaceId)
            .ToDictionary(group => group.Key, group => group.MaxBy(order => order.Priority)!);
        var points = site.Points.Values.ToLookup(point => point.SpaceId);
        var inspected = await _inspections.ByUnitAsync(cancel);
        var units = site.Spaces.Values.Where(space => space.IsVacant)
            .Select(space => Unit(
                space, points[space.Id], orders.GetValueOrDefault(space.Id),
                inspected.TryGetValue(space.Id, out var at) ? at : null, site, frame))
            .OrderBy(unit => unit.Order is null)
            .ThenBy(unit => unit.Id, StringComparer.Ordinal)
            .ToList();
        return new VacantView(
            units,
            [.. units.GroupBy(unit => unit.Occupancy).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Count()))]);
    }

    private VacantUnit Unit(
        Space space, IEnumerable<Point> points, WorkOrder? order, DateTimeOffset? inspectedAt, SiteSnapshot site,
        Frame frame) => new(
        space.Id, space.Name, space.Occupancy.ToString(), space.VacantSince,
        UnitTeller.DaysVacant(space, frame.Now, frame.Times.Zone),
        inspectedAt, (inspectedAt ?? space.VacantSince) + _policy.Every < frame.Now,
        site.WindowAt(space.Id, frame.Now)?.Reason ?? "",
        Signals(points, frame),
        order?.Id, order?.Kind ?? "");

    /// <summary>What the points of a place said last.</summary>
    public IReadOnlyList<LiveSignal> Signals(IEnumerable<Point> points, Frame frame) =>
        [.. points.OrderBy(point => point.Signal, StringComparer.Ordinal).Select(point => Live(point, frame))];

    private LiveSignal Live(Point point, Frame frame)
    {
        var signal = Signal.Of(point.Signal);
        if (_history?.Latest(point.Number) is not { } last)
        {
            return new LiveSignal(point.Signal, "", false, null);
        }

        var text = signal.Kind switch
        {
            SignalKind.Contact when point.Signal == Signal.DoorOpen =>
                frame.T[last.Value > 0 ? "chart.open" : "chart.closed"],
            SignalKind.Contact => frame.T[last.Value > 0 ? "vacant.yes" : "vacant.no"],
            SignalKind.Register => $"{last.Value.ToString("0.000", CultureInfo.InvariantCulture)} {Said(signal.Unit)}",
            _ => $"{last.Value.ToString("0.#", CultureInfo.InvariantCulture)} {Said(signal.Unit)}",
        };
        var isOdd = (signal.Kind == SignalKind.Contact && last.Value > 0)
            || (point.Signal == Signal.WaterFlow && last.Value > 0);
        return new LiveSignal(point.Signal, text.TrimEnd(), isOdd, last.At);
    }

    /// <summary>SenML's unit as people write it.</summary>
    private static string Said(string unit) => unit switch
    {
        "m3" => "m³",
        "Cel" => "°C",
        "%RH" or "%EL" => "%",
        _ => unit,
    };
}
