namespace Hub.Rules.Tests.Detectors;

public class StagnationTests
{
    private const string Vacant = """
        rule   W4
        home   vacant
        point  water.volume every 60m pulse 0.001

        """;

    [Fact]
    public void Standing_water_is_noted_after_three_days_and_ordered_to_be_flushed_after_seven() => RuleScript.Check(
        Vacant + "08:00..9d08:00 every 60m water.volume 10.000 +0", """
        3d08:00 raised W4 notice
        7d08:00 raised W4
        """);

    [Fact]
    public void A_flushing_ends_it_and_the_days_count_anew() => RuleScript.Check(
        Vacant + """
        08:00..3d20:00 every 60m water.volume 10.000 +0
        3d21:00..6d22:00 every 60m water.volume 10.008 +0
        """, """
        3d08:00 raised W4 notice
        3d21:00 cleared W4
        6d21:00 raised W4 notice
        """);

    [Fact]
    public void A_drip_flushes_nothing() => RuleScript.Check(
        Vacant + "08:00..3d09:00 every 60m water.volume 10.000 +0.001", "3d08:00 raised W4 notice");

    [Fact]
    public void The_days_count_from_when_somebody_lived_there_last() => RuleScript.Check(
        Vacant + """
        08:00  occupied
        09:00..1d09:00 every 60m water.volume 10.000 +0.010
        1d09:30 vacant
        1d10:00..4d10:00 every 60m water.volume 10.240 +0
        """, "4d09:00 raised W4 notice");

    [Fact]
    public void A_window_may_be_the_flushing_itself() => RuleScript.Check(
        Vacant + """
        08:00  water.volume 10.000
        08:01  window 3d06:00 3d12:00
        09:00..3d11:00 every 60m water.volume 10.000 +0
        3d11:40 water.volume 10.020
        3d12:00..4d12:00 every 60m water.volume 10.020 +0
        """, "");

    [Fact]
    public void A_register_that_is_the_same_after_a_gap_stood_throughout() => RuleScript.Check(
        Vacant + """
        08:00..12:00 every 60m water.volume 10.000 +0
        3d09:00 water.volume 10.000
        """, "3d09:00 raised W4 notice");

    [Fact]
    public void What_was_drawn_over_a_gap_may_have_been_drawn_at_its_end() => RuleScript.Check(
        Vacant + """
        08:00..12:00 every 60m water.volume 10.000 +0
        2d09:00..5d08:00 every 60m water.volume 10.040 +0
        """, "");

    [Fact]
    public void A_new_meter_says_nothing_about_the_water_before_it() => RuleScript.Check(
        Vacant + """
        08:00..2d08:00 every 60m water.volume 10.000 +0
        2d08:30 exchange water.volume 10.000 0.000
        2d09:00..3d09:00 every 60m water.volume 0.000 +0
        """, "3d08:00 raised W4 notice");
}
