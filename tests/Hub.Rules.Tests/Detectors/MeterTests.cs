namespace Hub.Rules.Tests.Detectors;

public class MeterTests
{
    [Fact]
    public void A_register_that_stands_for_five_days_where_people_live_is_stuck() => RuleScript.Check("""
        rule   M1
        home   occupied
        point  water.volume every 60m
        00:00..15d00:00 every 60m water.volume 10.000 +0.010
        15d01:00..21d00:00 every 60m water.volume 13.600 +0
        21d01:00  water.volume 13.700
        """, """
        20d00:00 raised M1
        21d01:00 cleared M1
        """);

    [Fact]
    public void While_the_supply_is_lost_nothing_is_called_stuck() => RuleScript.Check("""
        rule   M1
        rule   E5
        home   occupied
        point  water.volume every 60m
        point  supply.lost
        00:00..15d00:00 every 60m water.volume 10.000 +0.010
        15d00:30  supply.lost 1
        15d01:00..21d00:00 every 60m water.volume 13.600 +0
        21d00:30  supply.lost 0
        21d01:00..21d02:00 every 60m water.volume 13.600 +0
        """, """
        15d00:33 raised E5
        21d00:35 cleared E5
        21d02:00 raised M1
        """);

    [Fact]
    public void A_gap_with_the_same_register_on_both_sides_counts_as_standing() => RuleScript.Check("""
        rule   M1
        home   occupied
        point  water.volume every 60m
        00:00..15d00:00 every 60m water.volume 10.000 +0.010
        20d06:00  water.volume 13.600
        """, "20d06:00 raised M1");

    [Fact]
    public void A_register_that_hung_and_then_shows_what_ran_meanwhile_is_stuck() => RuleScript.Check("""
        rule   M1
        home   occupied
        point  water.volume every 1m
        00:00..01:00 every 1m water.volume 10.000 +0.002
        01:01..12:00 every 1m water.volume 10.120 +0
        12:01..12:10 every 1m water.volume 10.420 +0.002
        """, """
        12:02 raised M1
        12:03 cleared M1
        """);

    [Fact]
    public void An_empty_home_is_not_called_stuck() => RuleScript.Check("""
        rule   M1
        home   vacant
        point  water.volume every 60m
        00:00..30d00:00 every 60m water.volume 10.000 +0
        """, "");

    [Fact]
    public void A_register_that_runs_backwards_is_named_once_confirmed() => RuleScript.Check("""
        rule   M2
        home   occupied
        point  water.volume every 60m
        08:00  water.volume 10.000
        09:00  water.volume 9.992
        10:00  water.volume 9.984
        11:00  water.volume 9.990
        """, "10:00 raised M2");

    [Fact]
    public void A_rollover_a_new_meter_and_a_blip_are_not_backwards() => RuleScript.Check("""
        rule   M2
        rule   Q1
        home   occupied
        point  water.volume every 60m rollover 100
        08:00  water.volume 99.990
        09:00  water.volume 0.005
        10:00  water.volume 0.010
        11:00  water.volume 55.000
        12:00  water.volume 55.010
        13:00  water.volume 0.000
        14:00  water.volume 0.001
        """, "");

    [Fact]
    public void A_blip_is_an_impossible_value_once_it_is_over() => RuleScript.Check("""
        rule   M2
        rule   Q1
        home   occupied
        point  water.volume every 60m
        08:00  water.volume 50.000
        09:00  water.volume 0.000
        10:00  water.volume 50.010
        11:00  water.volume 50.010
        12:00  water.volume 50.010
        """, """
        10:00 raised Q1
        12:00 cleared Q1
        """);
}
