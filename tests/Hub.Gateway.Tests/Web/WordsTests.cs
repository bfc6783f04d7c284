using Hub.Gateway.Web.Inbox;
using Hub.Gateway.Words;

namespace Hub.Gateway.Tests.Web;

public class WordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 5, 31, TimeSpan.Zero);
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory]
    [InlineData("zh-Hans", "11月20日 18:05")]
    [InlineData("zh-Hant", "11月20日 18:05")]
    [InlineData("en", "20 Nov 18:05")]
    [InlineData("ja", "11月20日 18:05")]
    [InlineData("ko", "11월 20일 18:05")]
    public void Another_day_is_said_in_each_languages_own_way_and_always_in_24_hours(string language, string said) =>
        Assert.Equal(said, Times(language).Moment(Now.AddDays(-1)));

    [Fact]
    public void Today_needs_no_date() => Assert.Equal("18:05", Times("en").Moment(Now));

    [Theory]
    [InlineData(134, "2:14")]
    [InlineData(0, "0:00")]
    [InlineData(3_734, "1:02:14")]
    [InlineData(90_061, "1 d 1:01:01")]
    public void A_clock_shows_digits(int seconds, string digits) =>
        Assert.Equal(digits, Times("en").Digits(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(3, "just now")]
    [InlineData(180, "3 min ago")]
    [InlineData(7_300, "2 h ago")]
    [InlineData(-120, "in 2 min")]
    public void How_long_ago_is_said_in_one_unit(int seconds, string said) =>
        Assert.Equal(said, Times("en").Ago(Now.AddSeconds(-seconds)));

    [Fact]
    public void A_form_speaks_the_sites_wall_clock()
    {
        var times = Times("en");

        Assert.Equal("2026-11-21T18:05", times.Input(Now));
        Assert.Equal(Now.AddSeconds(-31), times.FromInput("2026-11-21T18:05"));
        Assert.Null(times.FromInput("tomorrow"));
        Assert.Null(times.FromInput(null));
    }

    [Fact]
    public void A_time_that_the_wall_clock_skips_is_no_time()
    {
        var berlin = new Times(Texts.In("en"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Now);

        Assert.Null(berlin.FromInput("2026-03-29T02:30"));
    }

    [Theory]
    [InlineData(1, "ok")]
    [InlineData(2.6, "soon")]
    [InlineData(4.1, "urgent")]
    [InlineData(5, "urgent")]
    [InlineData(5.1, "late")]
    public void A_promise_becomes_soon_at_half_and_urgent_at_a_fifth(double minutes, string level)
    {
        var clock = new ClockView("C5", Now, Now.AddMinutes(5), null);

        Assert.Equal(level, clock.LevelAt(Now.AddMinutes(minutes)));
    }

    [Fact]
    public void A_kept_promise_stays_kept_and_a_broken_one_stays_broken()
    {
        var kept = new ClockView("C5", Now, Now.AddMinutes(5), Now.AddMinutes(3));
        var broken = kept with { StoppedAt = Now.AddMinutes(8) };

        Assert.Equal("kept", kept.LevelAt(Now.AddDays(1)));
        Assert.Equal("late", broken.LevelAt(Now.AddDays(1)));
        Assert.Equal("replaced", (kept with { IsReplaced = true }).LevelAt(Now.AddDays(1)));
    }

    private static Times Times(string language) => new(Texts.In(language), Shanghai, Now);
}
