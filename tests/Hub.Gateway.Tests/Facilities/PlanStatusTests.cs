using Hub.Gateway.Facilities;

namespace Hub.Gateway.Tests.Facilities;

public sealed class PlanStatusTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly MaintenancePlan Monthly =
        new("pump-a", "oil", "Oil", new(2026, 1, 31), new Period(1, PeriodUnit.Months));

    private static readonly MaintenancePlan Quarterly =
        Monthly with { Every = new Period(3, PeriodUnit.Months), Anchor = PlanAnchor.Done };

    [Theory]
    [InlineData("10 days", "2026-02-10")]
    [InlineData("2 weeks", "2026-02-14")]
    [InlineData("1 month", "2026-02-28")]
    [InlineData("1 year", "2027-01-31")]
    public void The_first_date_is_a_period_after_the_day_from_which_it_counts(string every, string due) =>
        Assert.Equal(Day(due), Of(Monthly with { Every = Period.Read(every) }).DueOn);

    [Theory]
    [InlineData("")]
    [InlineData("0 days")]
    [InlineData("3 moons")]
    [InlineData("-1 month")]
    [InlineData("1001 days")]
    public void What_is_no_period_is_none(string text) => Assert.Null(Period.Read(text));

    [Fact]
    public void After_a_short_month_the_31st_comes_back()
    {
        Assert.Equal(Day("2026-03-31"), Of(Monthly, Done("2026-02-28", "2026-02-27")).DueOn);
        Assert.Equal(Day("2026-04-30"), Of(Monthly, Done("2026-03-31", "2026-03-31")).DueOn);
        Assert.Equal(
            Day("2028-02-29"),
            Of(
                Monthly with { From = new(2024, 2, 29), Every = new(1, PeriodUnit.Years) },
                Done("2027-02-28", "2027-02-28")).DueOn);
    }

    [Fact]
    public void Thirty_years_of_months_are_counted_without_one_too_many()
    {
        var month = new Period(1, PeriodUnit.Months);
        for (var first = new DateOnly(2020, 1, 28); first.Day != 2; first = first.AddDays(1))
        {
            for (var months = 1; months <= 360; months++)
            {
                var day = month.After(first, months);
                Assert.Equal(months, month.CountUpTo(first, day));
                Assert.Equal(months - 1, month.CountUpTo(first, day.AddDays(-1)));
            }
        }
    }

    [Fact]
    public void Anchored_to_its_date_a_plan_keeps_it_and_says_how_many_were_passed_over()
    {
        var late = Of(Monthly, Done("2026-02-28", "2026-05-10"));

        Assert.Equal((Day("2026-05-31"), 2), (late.DueOn, late.Skipped));
        Assert.Equal(0, Of(Monthly, Done("2026-02-28", "2026-02-20")).Skipped);
    }

    [Fact]
    public void Anchored_to_when_it_was_done_a_plan_counts_from_there()
    {
        Assert.Equal(Day("2026-08-10"), Of(Quarterly, Done("2026-04-30", "2026-05-10")).DueOn);
        Assert.Equal(Day("2026-07-20"), Of(Quarterly, Done("2026-04-30", "2026-04-20")).DueOn);
    }

    [Fact]
    public void One_that_was_called_off_was_skipped_and_the_next_date_comes()
    {
        var anchored = Of(Monthly, Skipped("2026-02-28", "2026-02-25"));
        var counted = Of(Quarterly, Skipped("2026-04-30", "2026-09-01"));

        Assert.Equal((Day("2026-03-31"), 1), (anchored.DueOn, anchored.Skipped));
        Assert.Equal((Day("2026-10-30"), 1), (counted.DueOn, counted.Skipped));
    }

    [Fact]
    public void It_is_due_its_lead_before_the_date_and_overdue_the_day_after_it()
    {
        var status = Of(Monthly with { LeadDays = 7 });

        Assert.False(status.IsDue(Day("2026-02-20")));
        Assert.True(status.IsDue(Day("2026-02-21")));
        Assert.False(status.IsOverdue(Day("2026-02-28")));
        Assert.True(status.IsOverdue(Day("2026-03-01")));
    }

    [Fact]
    public void An_open_order_is_not_ordered_again_and_goes_overdue()
    {
        var open = Of(Monthly, new PlanTurn(1, "n", Day("2026-02-28"), null, false));

        Assert.False(open.IsDue(Day("2026-06-01")));
        Assert.True(open.IsOverdue(Day("2026-06-01")));
        Assert.Equal(Day("2026-02-28"), open.DueOn);
    }

    [Fact]
    public void Of_hours_and_calendar_whichever_is_first()
    {
        var both = Monthly with { Every = new(1, PeriodUnit.Years), Hours = 2_000 };
        var hours = both with { Every = null };

        Assert.False(Of(both, ran: 1_999).IsDue(Day("2026-06-01")));
        Assert.True(Of(both, ran: 2_000).IsDue(Day("2026-06-01")));
        Assert.True(Of(both, ran: 3).IsDue(Day("2027-01-31")));
        Assert.Null(Of(hours, ran: 3).DueOn);
        Assert.False(Of(hours).IsDue(Day("2036-01-31")));
        Assert.True(Of(hours, ran: 2_000).IsOverdue(Day("2026-06-01")));
    }

    [Fact]
    public void A_later_day_that_somebody_writes_down_counts_instead_of_the_last_order()
    {
        var rewritten = Of(Monthly with { From = new(2026, 6, 15) }, Done("2026-02-28", "2026-02-27"));

        Assert.Equal(Day("2026-07-15"), rewritten.DueOn);
        Assert.Equal(new DateTimeOffset(2026, 6, 14, 16, 0, 0, TimeSpan.Zero), rewritten.CountsFrom);
    }

    [Theory]
    [InlineData("Asia/Shanghai", "2026-02-27T16:30Z", "2026-05-28")]
    [InlineData("America/Los_Angeles", "2026-02-28T07:30Z", "2026-05-27")]
    [InlineData("Europe/Berlin", "2026-03-29T21:59Z", "2026-06-29")]
    [InlineData("Europe/Berlin", "2026-03-29T22:00Z", "2026-06-30")]
    [InlineData("Europe/Berlin", "2026-10-25T22:59Z", "2027-01-25")]
    public void The_day_on_which_it_was_done_is_the_sites(string zone, string at, string due)
    {
        var turn = new PlanTurn(1, "n", Day("2026-01-31"), DateTimeOffset.Parse(at, null), true);

        Assert.Equal(
            Day(due), new PlanStatus(Quarterly, turn, null, TimeZoneInfo.FindSystemTimeZoneById(zone)).DueOn);
    }

    [Theory]
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00Z")] // 0:00 becomes 1:00
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00Z")] // 1:00 becomes 0:00, which is there twice
    public void Where_the_clocks_change_midnight_hours_count_from_the_day_s_first_instant(
        string name, string day, string first)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var status = new PlanStatus(Monthly with { From = Day(day) }, null, null, zone);

        Assert.Equal(DateTimeOffset.Parse(first, null), status.CountsFrom);
        Assert.Equal(Day(day), PlanStatus.DayOf(status.CountsFrom, zone));
    }

    [Theory]
    [InlineData("no spaces", 0, 5)]
    [InlineData("oil", 28, 5)]
    [InlineData("oil", -1, 5)]
    [InlineData("oil", 0, 0)]
    public void A_plan_that_can_not_be_kept_is_refused(string id, int lead, int hours) => Assert.NotNull(
        (Monthly with { Id = id, LeadDays = lead, Hours = hours }).Fault(Day("2026-01-31")));

    [Fact]
    public void A_plan_that_can_be_kept_is_not() =>
        Assert.Null((Monthly with { LeadDays = 27 }).Fault(Day("2026-01-31")));

    private static PlanStatus Of(MaintenancePlan plan, PlanTurn? turn = null, double? ran = null) =>
        new(plan, turn, ran is { } hours ? TimeSpan.FromHours(hours) : null, Shanghai);

    private static PlanTurn Done(string due, string on) => new(1, "n", Day(due), Noon(on), true);

    private static PlanTurn Skipped(string due, string on) => new(1, "n", Day(due), Noon(on), false);

    private static DateTimeOffset Noon(string day) => new(Day(day).ToDateTime(new(4, 0)), TimeSpan.Zero);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");
}
