using System.Globalization;
using System.Text;

namespace Hub.Rules.Tests.Detectors;

/// <summary>O1 and O2: the ledger against the signs of life.</summary>
public class LifeTests
{
    [Fact]
    public void Three_days_of_water_and_power_in_a_vacant_home_are_somebody_who_lives_there() =>
        Assert.Equal("3d19:00 raised O1", Run("O1", "vacant", 5, (day, hour) => day >= 1 && IsAwake(hour), both: true));

    [Fact]
    public void Two_days_are_not_enough() =>
        Assert.Equal("", Run("O1", "vacant", 6, (day, hour) => day is 1 or 2 && IsAwake(hour), both: true));

    [Fact]
    public void Water_alone_may_be_a_fault() =>
        Assert.Equal("", Run("O1", "vacant", 6, (_, hour) => IsAwake(hour), both: false));

    [Fact]
    public void A_leak_and_a_heater_that_never_stop_are_nobody() =>
        Assert.Equal("", Run("O1", "vacant", 6, (_, _) => true, both: true));

    [Fact]
    public void What_goes_on_in_a_window_is_no_sign() =>
        Assert.Equal("", Run("O1", "vacant", 6, (_, hour) => IsAwake(hour), both: true, 0, "00:00  window 00:00 7d00:00"));

    [Fact]
    public void It_is_over_after_a_day_without_life() => Assert.Equal(
        "2d19:00 raised O1\n4d19:00 cleared O1",
        Run("O1", "vacant", 7, (day, hour) => day <= 3 && IsAwake(hour) && hour < 21, both: true));

    [Fact]
    public void It_is_over_when_the_ledger_is_put_right() => Assert.Equal(
        "2d19:00 raised O1\n3d12:00 cleared O1",
        Run("O1", "vacant", 5, (_, hour) => IsAwake(hour), both: true, (3 * 24) + 12, "3d11:30  occupied"));

    [Fact]
    public void Two_weeks_without_a_sign_in_a_lived_in_home_ask_for_a_kind_word_until_there_is_one() => Assert.Equal(
        "15d21:00 raised O2\n17d07:00 cleared O2",
        Run("O2", "occupied", 18, (day, hour) => day is < 2 or > 16 && IsAwake(hour), both: true));

    [Fact]
    public void A_home_with_one_kind_of_sign_may_as_well_have_a_broken_meter() => Assert.Equal(
        "", Run("O2", "occupied", 18, (day, hour) => day < 2 && IsAwake(hour), both: false));

    [Fact]
    public void Days_without_supply_are_not_counted_as_days_without_life() => Assert.Equal(
        "5d00:03 raised E5",
        Run(
            "O2\nrule E5", "occupied", 30, (day, hour) => day < 2 && IsAwake(hour), both: true, 5 * 24,
            "point supply.lost\n5d00:00 supply.lost 1"));

    [Fact]
    public void A_weekend_away_is_nobodys_business() => Assert.Equal(
        "", Run("O2", "occupied", 18, (day, hour) => day is < 2 or > 5 && IsAwake(hour), both: true));

    private static bool IsAwake(int hour) => hour is 7 or 8 or (>= 18 and <= 21);

    private static string Run(
        string rule, string occupancy, int days, Func<int, int, bool> isLived, bool both, int alsoBefore = -1, string also = "")
    {
        var script = new StringBuilder($"rule {rule}\nhome {occupancy}\npoint water.volume every 60m\n");
        script.Append("point electric.energy every 60m\n");
        var (water, power) = (10.0, 100.0);
        for (var hour = 0; hour < days * 24; hour++)
        {
            var lived = isLived(hour / 24, hour % 24);
            var at = $"{hour / 24}d{hour % 24:00}:00";
            script.Append(hour == alsoBefore ? also + "\n" : "");
            water += lived ? 0.010 : 0;
            power += lived && both ? 0.6 : 0.03;
            script.Append(CultureInfo.InvariantCulture, $"{at} water.volume {water:0.000}\n{at} electric.energy {power:0.00}\n");
        }

        return RuleScript.Run(script.ToString());
    }
}
