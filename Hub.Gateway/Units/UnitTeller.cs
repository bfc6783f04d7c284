using Hub.Gateway.Series;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>Puts a unit into words for programs: the ledger, what its points last said, its open orders.</summary>
public sealed class UnitTeller(UnitLedger ledger, OrderDesk desk, TimeProvider time, HistoryStore? history = null)
{
    /// <summary>Units in that order, each as it is now.</summary>
    public async Task<IReadOnlyList<UnitAnswer>> TellAsync(IReadOnlyList<Space> units, CancellationToken cancel)
    {
        await desk.LoadAsync(cancel);
        var owners = await ledger.OwnersAsync(cancel);
        var orders = desk.OpenOrders.ToLookup(order => order.SpaceId, order => order.Number);
        var ids = units.Select(unit => unit.Id).ToHashSet(StringComparer.Ordinal);
        var points = ledger.Site.Points.Values.Where(point => ids.Contains(point.SpaceId))
            .ToLookup(point => point.SpaceId);
        var now = time.GetUtcNow();
        return
        [
            .. units.Select(unit => new UnitAnswer(
                unit.Id, unit.Name, unit.Building, unit.Entrance, unit.Floor, UnitWords.Of(unit.Occupancy),
                unit.VacantSince, DaysVacant(unit, now, ledger.Zone), owners.GetValueOrDefault(unit.Id, ""),
                [.. Windows(ledger.Site, unit.Id, now).Select(WindowAnswer.Of)],
                [.. points[unit.Id].OrderBy(point => point.Number.Value).Select(Last).OfType<SignalAnswer>()],
                [.. orders[unit.Id]])),
        ];
    }

    /// <summary>Whole days on the site's calendar; null where somebody lives, or nobody knows since when.</summary>
    public static int? DaysVacant(Space unit, DateTimeOffset now, TimeZoneInfo zone) =>
        unit is { IsVacant: true, VacantSince: { } since }
            ? (TimeZoneInfo.ConvertTime(now, zone).Date - TimeZoneInfo.ConvertTime(since, zone).Date).Days
            : null;

    /// <summary>The windows of a unit that have not ended, the next one first.</summary>
    public static IEnumerable<PlannedWindow> Windows(SiteSnapshot site, string unit, DateTimeOffset now) =>
        site.Windows.GetValueOrDefault(unit, []).Where(window => window.To > now).OrderBy(window => window.From);

    private SignalAnswer? Last(Point point) => history?.Latest(point.Number) is { } last
        ? new SignalAnswer(point.Number.Value, point.Signal, last.Value, Signal.Of(point.Signal).Unit, last.At)
        : null;
}
