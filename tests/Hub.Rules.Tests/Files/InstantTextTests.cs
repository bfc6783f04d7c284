using Hub.Rules.Files;

namespace Hub.Rules.Tests.Files;

public class InstantTextTests
{
    [Theory]
    [InlineData("2026-06-01 09:00", "Europe/Berlin", "2026-06-01T07:00:00Z")]
    [InlineData("2026-06-01T09:00+08:00", "Europe/Berlin", "2026-06-01T01:00:00Z")]
    [InlineData("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T01:00:00Z")] // skipped: when the clocks do
    [InlineData("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30:00Z")] // twice: the first
    [InlineData("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00Z")]
    [InlineData("2026-04-05 01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00Z")]
    [InlineData("2026-11-01", "America/Havana", "2026-11-01T04:00:00Z")]
    public void What_people_write_is_an_instant_on_the_site_s_clocks(string text, string zone, string at) =>
        Assert.Equal(
            DateTimeOffset.Parse(at, null), InstantText.Parse(text, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-02-30")]
    [InlineData("2026-06-01 25:00")]
    public void What_is_no_instant_is_none(string text) => Assert.Null(InstantText.Parse(text, TimeZoneInfo.Utc));
}
