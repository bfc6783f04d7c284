using Hub.Gateway.Units;
using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Units;

public class UnitHistoryTests
{
    private static readonly DateTimeOffset Nov = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Days_vacant_are_counted_in_each_of_the_ledger_s_ways()
    {
        var spans = UnitHistory.Vacant(
            [
                Move(Occupancy.Custody, -20, -20), Move(Occupancy.Unlet, -20, 4), Move(Occupancy.Occupied, 10, 11),
                Move(Occupancy.Unsold, 25, 25),
            ],
            Nov, Nov.AddDays(30), TimeZoneInfo.Utc);

        Assert.Equal(4, spans[Occupancy.Custody].TotalDays);
        Assert.Equal(6, spans[Occupancy.Unlet].TotalDays);
        Assert.Equal(5, spans[Occupancy.Unsold].TotalDays);
    }

    [Fact]
    public void A_day_that_is_corrected_later_is_the_one_that_counts()
    {
        var spans = UnitHistory.Vacant(
            [Move(Occupancy.Custody, 10, 10), Move(Occupancy.Custody, 5, 12)], Nov, Nov.AddDays(30), TimeZoneInfo.Utc);

        Assert.Equal(25, spans[Occupancy.Custody].TotalDays);
    }

    /// <summary>Both changes of a year, by an hour and by half of one; and the days themselves on which they are.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-01", "2026-04-01", 31)]
    [InlineData("Europe/Berlin", "2026-10-01", "2026-11-01", 31)]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-30", 1)]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-26", 1)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "2026-04-06", 1)]
    [InlineData("Australia/Lord_Howe", "2026-10-01", "2026-11-01", 31)]
    public void A_day_on_which_the_clocks_are_changed_is_one_day(string name, string first, string last, double days)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var (from, to) = (InstantText.Parse(first, zone)!.Value, InstantText.Parse(last, zone)!.Value);

        var spans = UnitHistory.Vacant([Move(Occupancy.Custody, -900, -900)], from, to, zone);

        Assert.Equal(days, spans[Occupancy.Custody].TotalDays);
    }

    private static UnitMove Move(Occupancy occupancy, int day, int noted) =>
        new("b1-0301", occupancy, Nov.AddDays(day), Nov.AddDays(noted), "chief");
}
