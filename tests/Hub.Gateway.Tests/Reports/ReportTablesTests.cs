using Hub.Gateway.Inspections;
using Hub.Gateway.Reports;
using Hub.Gateway.Tests.Inspections;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.Units;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Reports;

public class ReportTablesTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly SiteSnapshot Site = SiteSnapshot.Empty
        .With(new SiteChange.SpaceDefined(new Space("b1-e2-lobby", SpaceKind.Lobby, "lobby", "b1", "b1-e2")));

    [Fact]
    public void Each_clock_is_counted_once_it_is_decided_and_the_five_minutes_by_entrance_hour_and_cause()
    {
        List<WorkOrder> orders = [.. Enumerable.Range(0, 6).Select(i => Solved(arrivedAfter: i < 5 ? 3 : 7))];

        var tables = SlaTables.Make(orders, Site, Shanghai);

        Assert.Equal(["c5", 6, 5, 1, 5.0 / 6], Row(tables, "clocks", "c5"));
        Assert.Equal(["c30", 6, 6, 0, 1.0], Row(tables, "clocks", "c30"));
        Assert.Equal(["cfu", 0, 0, 0, null], Row(tables, "clocks", "cfu"));
        Assert.Equal(["b1-e2", 6, 5, 1, 5.0 / 6], Row(tables, "entrances", "b1-e2"));
        Assert.Equal(["17", 6, 5, 1, 5.0 / 6], Row(tables, "hours", "17"));
        Assert.Equal(["helped", 6, 5, 1, 5.0 / 6], Row(tables, "causes", "helped"));
        var breach = Assert.Single(Table(tables, "breaches").Rows);
        Assert.Equal(["c5", Some.At(5)], breach.Skip(2).Take(2));
    }

    [Fact]
    public void Below_five_there_is_no_share_and_what_was_cancelled_promised_nothing()
    {
        var cancelled = Some.Order(Some.Press("p", Some.T0)).After(new OrderCommand.Cancel("a slip", Some.Wang), Some.At(9));

        var tables = SlaTables.Make([cancelled, .. Enumerable.Range(0, 4).Select(_ => Solved(3))], Site, Shanghai);

        Assert.Equal(["c5", 4, 4, 0, null], Row(tables, "clocks", "c5"));
    }

    [Fact]
    public void Ratings_and_follow_ups_are_counted_by_kind_and_in_all()
    {
        List<WorkOrder> orders =
        [
            .. new[] { 5, 5, 4, 3, 5 }.Select(rating => Solved(3).After(
                new OrderCommand.FollowUp("phone", "fine", rating, Some.Chief), Some.At(90))),
            Solved(3),
        ];

        var tables = CareTables.Make(orders);

        Assert.Equal(["summon", 5, 4.4, 4, 0.8], Row(tables, "satisfaction", "summon"));
        Assert.Equal(["", 5, 5, 0, 1, 1.0], Row(tables, "followups", ""));
    }

    [Fact]
    public void Work_is_counted_for_whoever_did_it()
    {
        var inspection = new Inspection("i-1", InspectionReports.Of("2026-11", "b1-e2-0301", Some.T0), Some.T0, Some.Li.Id, false, null);

        var tables = WorkloadTables.Make([Solved(3), Solved(5)], [inspection]);

        Assert.Equal([Some.Wang.Id, 2, 2, 4.0, 0], Row(tables, "workload", Some.Wang.Id));
        Assert.Equal([Some.Li.Id, 0, 0, null, 1], Row(tables, "workload", Some.Li.Id));
    }

    [Fact]
    public void An_owner_gets_his_own_homes_and_only_the_days_in_custody()
    {
        var (from, to) = (Some.T0.AddDays(-2), Some.T0.AddDays(28));
        UnitMove[] moves =
        [
            new("b1-e2-0301", Occupancy.Custody, from.AddDays(-40), from, ""),
            new("b1-e2-0301", Occupancy.Occupied, to.AddDays(-10), to.AddDays(-10), "chief"),
            new("b1-e2-0302", Occupancy.Unlet, from, from, ""),
            new("b1-e2-0303", Occupancy.Custody, from, from, ""),
        ];
        var inspection = new Inspection(
            "i-1", InspectionReports.Of("2026-11", "b1-e2-0301", Some.T0) with { Photos = [new PhotoNote("ab12", 9)] }, Some.T0, "w",
            false, null);

        var tables = CustodyTables.Make(
            new Dictionary<string, string> { ["b1-e2-0301"] = "F-17" }, "F-17", moves,
            [Some.Order(Some.Leak(Some.T0))], [inspection],
            [new MeterLine(3, "b1-e2-0301", "water.volume", "m3", "S", 1, 3, 2, "dial"), new MeterLine(4, "x", "", "", "", 0, 0, 0, "")],
            from, to, TimeZoneInfo.Utc);

        Assert.Equal(["F-17", "b1-e2-0301", 20.0, 1, 1, 1], Assert.Single(Table(tables, "custody").Rows));
        Assert.Single(Table(tables, "registers").Rows);
        Assert.Equal("ab12", Assert.Single(Table(tables, "inspections").Rows)[^1]);
        Assert.Single(Table(tables, "orders").Rows);
    }

    [Theory]
    [InlineData("2026-11", "Asia/Shanghai", "2026-10-31T16:00:00Z", "2026-11-30T16:00:00Z")]
    [InlineData("2026-03", "Europe/Berlin", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z")]
    public void A_month_is_one_on_the_site_s_calendar(string month, string zone, string from, string to)
    {
        var span = ReportMonth.Read(month, TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(DateTimeOffset.Parse(from, null), span!.Value.From);
        Assert.Equal(DateTimeOffset.Parse(to, null), span.Value.To);
        Assert.Null(ReportMonth.Read("2026-13", Shanghai));
    }

    /// <summary>Also where the first of a month has its midnight twice, as Havana's of November 2026.</summary>
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Havana")]
    public void Months_follow_each_other_without_a_gap_and_every_instant_is_in_its_own(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var last = ReportMonth.Read("2025-12", zone)!.Value.To;
        for (var first = new DateOnly(2026, 1, 1); first.Year < 2028; first = first.AddMonths(1))
        {
            var month = first.ToString("yyyy-MM", null);
            var (from, to) = ReportMonth.Read(month, zone)!.Value;

            Assert.Equal(last, from);
            Assert.Equal([month, month], new[] { from, to.AddTicks(-1) }.Select(at => ReportMonth.Of(at, zone)));
            last = to;
        }
    }

    [Fact]
    public void A_table_is_written_for_spreadsheets_with_unknown_as_nothing() => Assert.Equal(
        "\uFEFFa,b,c\r\n0.833333,,2026-11-03T09:00:00+00:00\r\n",
        new ReportTable("t", ["a", "b", "c"], [[5.0 / 6, null, Some.T0]]).ToCsv());

    private static WorkOrder Solved(double arrivedAfter) => Some.Order(Some.Press("p", Some.T0))
        .After(new OrderCommand.Accept(Some.Wang), Some.At(1))
        .After(new OrderCommand.Arrive(Some.Wang), Some.At(arrivedAfter))
        .After(new OrderCommand.Resolve("helped", "", Some.Wang), Some.At(20));

    private static ReportTable Table(IReadOnlyList<ReportTable> tables, string id) => tables.Single(table => table.Id == id);

    private static IReadOnlyList<object?> Row(IReadOnlyList<ReportTable> tables, string id, string key) =>
        Table(tables, id).Rows.Single(row => Equals(row[0], key));
}
