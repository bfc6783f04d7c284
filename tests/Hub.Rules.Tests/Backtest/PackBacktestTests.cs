using System.Text;
using Hub.Rules.Backtest;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Backtest;

public class PackBacktestTests
{
    private const string Home = "home";

    private static readonly DateTimeOffset Day = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
    private static readonly RulePack InForce = new("vacant", 1, [Rule.Of("leak", "W2", null, ("lasting", 7200))]);

    [Fact]
    public void A_slower_rule_opens_fewer_orders_and_each_that_is_gone_is_named()
    {
        var report = Run(Slower, new BacktestTerms());

        Assert.Equal((2, 1), (report.Before.Orders, report.After.Orders));
        var rule = Assert.Single(report.Rules);
        Assert.Equal(("leak", 2, 1), (rule.RuleId, rule.Before!.Orders, rule.After!.Orders));
        Assert.Equal((1, 2), (report.VersionBefore, report.VersionAfter));
        Assert.Contains(report.Differences, one => !one.IsNew && one.At == Day.AddHours(10));
        Assert.Equal(15, report.After.Minutes);
    }

    [Fact]
    public void Orders_by_night_are_counted_on_the_site_s_own_clocks()
    {
        var shanghai = TimeZoneInfo.CreateCustomTimeZone("Shanghai", TimeSpan.FromHours(8), "", "");

        Assert.Equal(0, Run(InForce, new BacktestTerms()).Before.Nights);

        // 20:00 in the one zone is 04:00 in the other.
        var report = Run(InForce, new BacktestTerms { Zone = shanghai });
        Assert.Equal((1, 1), (report.Before.NightOrders, report.Before.Nights));
    }

    [Fact]
    public void What_comes_before_the_span_warms_up_and_is_not_counted()
    {
        var report = Run(InForce, new BacktestTerms { From = Day.AddHours(14) });

        Assert.Equal(1, report.Before.Orders);
        Assert.Equal(Day.AddHours(14), report.From);
    }

    [Fact]
    public void A_confirmed_order_that_is_gone_is_missed_and_a_false_one_that_is_gone_is_good()
    {
        ConfirmedCase[] confirmed =
        [
            new("2026-05-0001", Home, "water", Day.AddHours(11), Day.AddHours(12), IsReal: true),
            new("2026-05-0002", Home, "water", Day.AddHours(20), Day.AddHours(21), IsReal: false),
            new("2026-05-0003", Home, "intrusion", Day.AddHours(20), Day.AddHours(21), IsReal: true),
        ];

        var report = Run(Slower, new BacktestTerms(), confirmed);

        Assert.Equal((1, 1), (report.Real, report.False));
        Assert.Equal(["2026-05-0001"], report.Missed);
        Assert.Equal(["2026-05-0002"], report.StillFalse);
        Assert.Empty(Run(InForce, new BacktestTerms(), confirmed).Missed);
    }

    [Fact]
    public void A_door_within_an_hour_of_a_leak_is_one_order_with_it_and_a_later_one_is_another()
    {
        var both = new RulePack("vacant", 2, [.. InForce.Rules, Rule.Of("door", "D1")]);
        var backtest = new PackBacktest(RuleSet.From(InForce), both, new BacktestTerms());

        Replay(backtest, 10, 15);

        var report = backtest.Report([]);
        var doors = report.Rules.Single(rule => rule.RuleId == "door").After!;
        Assert.Equal((2, 3, 2, 1), (report.Before.Orders, report.After.Orders, doors.Alarms, doors.Orders));
    }

    [Fact]
    public void The_rules_that_the_entries_bring_are_left_out()
    {
        var backtest = new PackBacktest(RuleSet.From(InForce), Slower, new BacktestTerms());

        backtest.Take(new Entry.Changed(Day, new SiteChange.RulesActivated(
            "vacant-units", 1, DefaultPacks.YamlOf("vacant-units"))));
        Replay(backtest);

        Assert.Equal(["leak"], backtest.Report([]).Rules.Select(rule => rule.RuleId));
    }

    private static RulePack Slower => new("vacant", 2, [Rule.Of("leak", "W2", null, ("lasting", 4 * 3600))]);

    /// <summary>Two hours of flow before noon, and five in the evening.</summary>
    private static BacktestReport Run(RulePack pack, BacktestTerms terms, params ConfirmedCase[] confirmed)
    {
        var backtest = new PackBacktest(RuleSet.From(InForce), pack, terms);
        Replay(backtest);
        return backtest.Report(confirmed);
    }

    private static void Replay(PackBacktest backtest, params ReadOnlySpan<int> doorHours)
    {
        var volume = 10.0;
        var rows = new StringBuilder("time,device,signal,value,unit\n");
        for (var hour = 8; hour <= 30; hour++)
        {
            volume += hour is (> 9 and <= 12) or (> 18 and <= 24) ? 0.009 : 0;
            rows.Append(FormattableString.Invariant($"{Day.AddHours(hour - 1):yyyy-MM-ddTHH:mm:ssZ},home,water.volume,{volume},m3\n"));
            if (doorHours.Contains(hour - 1))
            {
                var at = Day.AddHours(hour - 1).AddMinutes(30);
                rows.Append(FormattableString.Invariant($"{at:yyyy-MM-ddTHH:mm:ssZ},home,door.open,1,\n"));
                rows.Append(FormattableString.Invariant($"{at:yyyy-MM-ddTHH:mm:30Z},home,door.open,0,\n"));
            }
        }

        var replay = new CsvReplay(RuleSet.From(), SignalMap.Default) { OnEntry = backtest.Take };
        var context = "device,state,start,end\nhome,vacant,2026-04-30T00:00:00Z,2026-06-01T00:00:00Z\n";
        Assert.Empty(replay.Run(new StringReader(rows.ToString()), new StringReader(context)));
    }
}
