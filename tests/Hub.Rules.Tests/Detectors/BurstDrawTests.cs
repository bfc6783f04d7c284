namespace Hub.Rules.Tests.Detectors;

public class BurstDrawTests
{
    [Fact]
    public void A_pipe_that_bursts_in_a_vacant_unit_shows_within_minutes() => RuleScript.Check("""
        rule   W3
        home   vacant
        point  water.volume every 1m
        08:00..08:30 every 1m water.volume 10.000 +0.020
        """, "08:10 raised W3");

    [Fact]
    public void Where_people_live_a_bath_is_no_burst_and_a_thousand_litres_are() => RuleScript.Check("""
        rule   W3
        home   occupied
        point  water.volume every 60m
        08:00  water.volume 10.000
        09:00  water.volume 10.250
        10:00  water.volume 10.260
        11:00  water.volume 11.260
        12:00  water.volume 11.260
        13:00  water.volume 11.260
        14:00  water.volume 11.260
        """, """
        11:00 raised W3
        13:00 cleared W3
        """);

    [Fact]
    public void A_jump_beyond_the_physical_maximum_is_no_burst() => RuleScript.Check("""
        rule   W3
        home   occupied
        point  water.volume every 60m
        08:00  water.volume 10.000
        09:00  water.volume 99.000
        10:00  water.volume 10.010
        """, "");
}
