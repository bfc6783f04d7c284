namespace Hub.Rules.Tests.Detectors;

public class AnyUseTests
{
    private const string Vacant = """
        rule   W1
        home   vacant
        point  water.volume every 15m

        """;

    [Fact]
    public void A_single_use_is_a_notice_and_clears_when_it_stays_quiet() => RuleScript.Check(
        Vacant + """
        08:00  water.volume 10.000
        08:15  water.volume 10.012
        08:30..16:00 every 15m water.volume 10.012 +0
        """, """
        08:15 raised W1 notice
        14:30 cleared W1
        """);

    [Fact]
    public void A_use_that_comes_again_after_ten_minutes_becomes_an_order() => RuleScript.Check(
        Vacant + """
        08:00  water.volume 10.000
        08:15  water.volume 10.012
        08:30  water.volume 10.020
        """, """
        08:15 raised W1 notice
        08:30 raised W1
        """);

    [Fact]
    public void Two_litres_are_not_a_use() => RuleScript.Check(
        Vacant + """
        08:00  water.volume 10.000
        08:15  water.volume 10.002
        08:30  water.volume 10.002
        """, "");

    [Fact]
    public void A_drip_counts_by_the_hour_and_not_for_ever() => RuleScript.Check(
        Vacant + "08:00..20:00 every 60m water.volume 10.000 +0.002", "");

    [Fact]
    public void A_planned_window_excuses_what_touches_it() => RuleScript.Check(
        Vacant + """
        08:00  water.volume 10.000
        08:01  window 08:10 09:00
        08:15  water.volume 10.020
        08:45  water.volume 10.040
        09:00  water.volume 10.060
        09:15  water.volume 10.080
        """, "09:15 raised W1 notice");

    [Fact]
    public void A_reading_that_began_while_somebody_lived_there_is_excused() => RuleScript.Check("""
        rule   W1
        home   occupied
        point  water.volume every 15m
        08:00  water.volume 10.000
        08:10  vacant
        08:15  water.volume 10.050
        08:30  water.volume 10.050
        """, "");

    [Fact]
    public void What_ran_in_a_gap_counts_as_a_sum() => RuleScript.Check(
        Vacant + """
        08:00  water.volume 10.000
        20:00  water.volume 10.060
        """, "20:00 raised W1 notice");

    [Fact]
    public void A_zero_blip_and_a_new_meter_are_no_use() => RuleScript.Check(
        Vacant + """
        08:00  water.volume 10.000
        08:15  water.volume 0
        08:30  water.volume 10.000
        08:45  exchange water.volume 10.000 0.0
        09:00  water.volume 0.001
        09:15  water.volume 0.001
        """, "");

    [Fact]
    public void A_new_meter_that_is_told_of_when_it_has_been_met_is_no_use_either() => RuleScript.Check(
        Vacant + """
        08:00  water.volume 10.000
        08:15  water.volume 0.500
        08:30  water.volume 0.500
        08:45  exchange water.volume 10.000 0.0 08:10
        09:00  water.volume 0.500
        09:15  water.volume 0.500
        """, "");

    [Fact]
    public void Moving_in_ends_it() => RuleScript.Check(
        Vacant + """
        08:00  water.volume 10.000
        08:15  water.volume 10.012
        08:20  occupied
        08:30  water.volume 10.100
        """, """
        08:15 raised W1 notice
        08:30 cleared W1
        """);
}
