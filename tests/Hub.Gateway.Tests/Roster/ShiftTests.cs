using Hub.Gateway.Roster;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Roster;

public class ShiftTests
{
    private static readonly DateOnly Since = new(2014, 12, 1);

    /// <summary>North and south, whole and half hours, clocks changed for good, and one that never were.</summary>
    private static readonly string[] Zones =
    [
        "Africa/Cairo", "Africa/Casablanca", "Africa/Juba", "America/Asuncion", "America/Caracas", "America/Havana",
        "America/New_York", "America/Nuuk", "America/Santiago", "America/Sao_Paulo", "America/St_Johns",
        "America/Whitehorse", "Antarctica/Troll", "Asia/Amman", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem",
        "Asia/Pyongyang", "Asia/Shanghai", "Asia/Tehran", "Asia/Ulaanbaatar", "Australia/Lord_Howe", "Australia/Sydney",
        "Europe/Berlin", "Europe/Dublin", "Europe/Istanbul", "Europe/Volgograd", "Pacific/Apia", "Pacific/Auckland",
        "Pacific/Norfolk",
    ];

    [Theory]
    [InlineData("daily", "1234567")]
    [InlineData("mon-fri", "12345")]
    [InlineData("sat sun", "67")]
    [InlineData("fri-mon", "1567")]
    [InlineData("Tue, thu+sat", "246")]
    public void Days_of_the_week_are_read_as_people_write_them(string text, string days)
    {
        var pattern = DayPattern.TryParse(text)!;
        var monday = new DateOnly(2026, 11, 2);

        var falls = Enumerable.Range(1, 7).Where(day => pattern.Falls(monday.AddDays(day - 1), Since));

        Assert.Equal(days, string.Concat(falls));
    }

    [Theory]
    [InlineData("")]
    [InlineData("---")]
    [InlineData("mon-fri-sat")]
    [InlineData("workdays")]
    [InlineData("xx..")]
    public void What_names_no_day_is_no_pattern(string text) => Assert.Null(DayPattern.TryParse(text));

    [Fact]
    public void A_rotation_counts_from_its_first_day_in_both_directions()
    {
        var pattern = DayPattern.TryParse("xx--")!;

        Assert.Equal("xx--xx--", Days(0));
        Assert.Equal("--xx--xx", Days(-6));

        string Days(int from) => string.Concat(
            Enumerable.Range(from, 8).Select(day => pattern.Falls(Since.AddDays(day), Since) ? 'x' : '-'));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 7)]  // the night loses an hour
    [InlineData("Europe/Berlin", "2026-10-25", 9)]  // and gets it back
    [InlineData("Europe/Berlin", "2026-06-01", 8)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", 7.5)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 8.5)]
    public void A_night_shift_is_as_long_as_the_night_is(string name, string morning, double hours)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var day = DateOnly.Parse(morning, null).AddDays(-1);
        var shift = Some("22:00-06:00") with { Since = day, Until = day };

        var (from, to) = shift.On(day, zone)!.Value;

        Assert.Equal(TimeSpan.FromHours(hours), to - from);
        Assert.Null(shift.At(from.AddTicks(-1), zone));
        Assert.NotNull(shift.At(from, zone));
        Assert.NotNull(shift.At(to.AddTicks(-1), zone));
        Assert.Null(shift.At(to, zone));
    }

    /// <summary>
    /// Three shifts around the clock, with edges at hours at which clocks are changed somewhere: at every instant just
    /// one of them runs, whatever a zone's clocks do.
    /// </summary>
    [Fact]
    public void In_no_zone_and_no_night_is_there_a_hole_between_shifts_nor_two_at_once()
    {
        Shift[] shifts = [Some("00:30-02:30"), Some("02:30-14:00"), Some("14:00-00:30")];
        foreach (var zone in Zones.Select(TimeZoneInfo.FindSystemTimeZoneById))
        {
            foreach (var change in Changes(zone))
            {
                for (var minutes = -180; minutes <= 180; minutes += 30)
                {
                    var at = change.AddMinutes(minutes);
                    Assert.True(
                        shifts.Count(shift => shift.At(at, zone) is not null) == 1, $"{zone.Id} at {at:u}");
                }
            }
        }
    }

    /// <summary>Every instant from 2015 to 2040 at which a zone's clocks are changed.</summary>
    private static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone)
    {
        for (var at = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year < 2041; at = at.AddDays(1))
        {
            for (var step = 0; zone.GetUtcOffset(at) != zone.GetUtcOffset(at.AddDays(1)) && step < 48; step++)
            {
                var half = at.AddMinutes(30 * (step + 1));
                if (zone.GetUtcOffset(half) != zone.GetUtcOffset(half.AddMinutes(-30)))
                {
                    yield return half;
                }
            }
        }
    }

    private static Shift Some(string hours) =>
        new("butler-07", "g1", "daily", LobbyHours.TryParse(hours)!.Value, Since);
}
