namespace Hub.Rules.Tests.Detectors;

public class SilenceTests
{
    [Fact]
    public void Three_missed_intervals_are_silence_and_the_next_reading_ends_it() => RuleScript.Check("""
        rule   H1
        home   occupied
        point  water.volume every 15m
        08:00..10:00 every 15m water.volume 10.000 +0.001
        12:00  water.volume 10.020
        """, """
        10:45 raised H1
        12:00 cleared H1
        """);

    [Fact]
    public void A_point_without_a_stated_interval_is_measured_by_its_own_past() => RuleScript.Check("""
        rule   H1
        home   occupied
        point  water.volume
        00:00..2d00:00 every 60m water.volume 10.000 +0.001
        2d18:00  tick
        """, "2d10:00 raised H1");

    [Fact]
    public void A_radio_that_sleeps_now_and_then_is_not_silent() => RuleScript.Check("""
        rule   H1
        home   occupied
        point  water.volume
        00:00..1d00:00 every 60m water.volume 10.000 +0.001
        1d09:00..2d00:00 every 60m water.volume 10.030 +0.001
        2d12:00  water.volume 10.060
        """, "");

    [Fact]
    public void A_door_that_reports_on_change_may_be_quiet_for_ever() => RuleScript.Check("""
        rule   H1
        home   vacant
        point  door.open
        08:00  door.open 0
        20d00:00  tick
        """, "");

    [Fact]
    public void A_whole_source_that_stops_is_one_alarm() => RuleScript.Check("""
        rule   H1
        home   occupied
        point  water.volume every 15m
        point  climate.temperature every 15m
        point  climate.humidity every 15m
        08:00..10:00 every 15m water.volume 10.000 +0.001
        10:01  climate.temperature 20
        10:02  climate.humidity 50
        11:30  climate.temperature 20
        11:40  tick
        """, """
        10:45 raised H1
        11:30 cleared H1
        """);

    [Fact]
    public void One_point_that_stops_while_its_source_goes_on_is_named() => RuleScript.Check("""
        rule   H1
        home   occupied
        point  water.volume every 15m
        point  climate.temperature every 15m
        08:00  climate.temperature 20
        08:00..11:00 every 15m water.volume 10.000 +0.001
        """, "08:45 raised H1");
}
