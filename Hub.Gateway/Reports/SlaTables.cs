using System.Globalization;
using System.Text.Json;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Reports;

/// <summary>
/// Whether the 5341 promises were kept: by clock, and for the 5 minutes by entrance, hour and cause. Each with its n,
/// and without a share where n is less than five: one in three is no 33 %. Orders that were cancelled or merged
/// promised nothing to anybody; a clock that another one replaced, or that still runs, has not been decided. Pure.
/// </summary>
public static class SlaTables
{
    /// <summary>Below it a share says nothing.</summary>
    public const int SharedFrom = 5;

    private static readonly string[] Figures = ["n", "kept", "broken", "share"];

    public static IReadOnlyList<ReportTable> Make(
        IReadOnlyList<WorkOrder> orders, SiteSnapshot site, TimeZoneInfo zone)
    {
        var counted = orders.Where(order => order.State is not (OrderState.Cancelled or OrderState.Merged)).ToList();
        var decided = (from order in counted
                       from clock in order.Clocks
                       where clock.Result is ClockResult.Met or ClockResult.Breached
                       select (Order: order, Clock: clock)).ToList();
        return
        [
            Table("clocks", "clock", decided, one => Word(one.Clock.Kind), Enum.GetValues<ClockKind>().Select(Word)),
            Table("entrances", "entrance", AtPlace(decided), one => Entrance(site, one.Order)),
            Table("hours", "hour", AtPlace(decided), one => HourOf(one.Order.StartedAt, zone)),
            Table("causes", "cause", AtPlace(decided), one => one.Order.Cause ?? ""),
            new ReportTable(
                "breaches", ["order", "space", "clock", "due", "stopped"],
                [
                    .. decided.Where(one => one.Clock.Result == ClockResult.Breached).OrderBy(one => one.Clock.DueAt)
                        .Select(one => new object?[]
                        {
                            one.Order.Number, one.Order.SpaceId, Word(one.Clock.Kind), one.Clock.DueAt,
                            one.Clock.StoppedAt,
                        }),
                ]),
        ];
    }

    /// <summary>A closed set's member as it is written in files.</summary>
    public static string Word<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(member.ToString());

    private static IEnumerable<(WorkOrder Order, SlaClock Clock)> AtPlace(
        IEnumerable<(WorkOrder Order, SlaClock Clock)> decided) => decided.Where(one => one.Clock.Kind == ClockKind.C5);

    private static ReportTable Table(
        string id, string column, IEnumerable<(WorkOrder Order, SlaClock Clock)> decided,
        Func<(WorkOrder Order, SlaClock Clock), string> by, IEnumerable<string>? all = null)
    {
        var groups = decided.ToLookup(by);
        var keys = all ?? groups.Select(group => group.Key).Order(StringComparer.Ordinal);
        return new ReportTable(
            id, [column, .. Figures],
            [
                .. keys.Select(key =>
                {
                    var n = groups[key].Count();
                    var kept = groups[key].Count(one => one.Clock.Result == ClockResult.Met);
                    return new object?[] { key, n, kept, n - kept, n < SharedFrom ? null : (double)kept / n };
                }),
            ]);
    }

    private static string Entrance(SiteSnapshot site, WorkOrder order) =>
        site.Spaces.GetValueOrDefault(order.SpaceId) is { Entrance.Length: > 0 } space ? space.Entrance : order.SpaceId;

    private static string HourOf(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH", CultureInfo.InvariantCulture);
}
