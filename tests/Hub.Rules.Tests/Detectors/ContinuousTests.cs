namespace Hub.Rules.Tests.Detectors;

public class ContinuousTests
{
    private const string Vacant = """
        rule   W2 lasting=7200
        home   vacant
        point  water.volume every 60m

        """;

    private const string Lived = """
        rule   W2
        home   occupied
        point  water.volume every 60m

        """;

    [Fact]
    public void Two_hours_of_flow_in_a_vacant_unit_are_a_leak() => RuleScript.Check(
        Vacant + """
        08:00..11:00 every 60m water.volume 10.000 +0.009
        12:00..15:00 every 60m water.volume 10.027 +0
        """, """
        10:00 raised W2
        14:00 cleared W2
        """);

    [Fact]
    public void A_small_leak_where_people_live_shows_after_a_day_without_a_pause() => RuleScript.Check(
        Lived + "08:00..2d08:00 every 60m water.volume 10.000 +0.005", "1d08:00 raised W2");

    [Fact]
    public void One_quiet_hour_in_the_night_is_no_leak() => RuleScript.Check(
        Lived + """
        08:00..1d03:00 every 60m water.volume 10.000 +0.012
        1d04:00  water.volume 10.228
        1d05:00..2d02:00 every 60m water.volume 10.228 +0.012
        """, "");

    [Fact]
    public void A_running_toilet_shows_before_the_day_is_over() => RuleScript.Check(
        Lived + "08:00..20:00 every 60m water.volume 10.000 +0.120", "14:00 raised W2");

    [Fact]
    public void An_evening_of_baths_and_washing_pauses_now_and_then() => RuleScript.Check(
        Lived.Replace("60m", "5m", StringComparison.Ordinal) + string.Join('\n', Enumerable.Range(12, 8).Select(hour =>
            $"{hour}:00..{hour}:30 every 5m water.volume {10 + (hour * 0.12)} +0.02\n"
            + $"{hour}:35..{hour}:55 every 5m water.volume {10.12 + (hour * 0.12)} +0")), "");

    [Fact]
    public void A_valve_that_hangs_does_not() => RuleScript.Check(
        Lived.Replace("60m", "5m", StringComparison.Ordinal) + "12:00..18:10 every 5m water.volume 10.000 +0.01",
        "18:00 raised W2");

    [Fact]
    public void A_leak_that_was_there_from_the_first_day_alarms_and_stays_on_day_thirty()
    {
        RuleScript.Check(Lived + "00:00..30d00:00 every 60m water.volume 10.000 +0.005", "1d00:00 raised W2");

        // Whoever moved in before and pauses an order: on day 30 the same leak alarms anew.
        RuleScript.Check(
            Lived + """
            00:00..29d00:00 every 60m water.volume 10.000 +0.005
            29d01:00..29d05:00 every 60m water.volume 13.480 +0
            29d06:00..30d12:00 every 60m water.volume 13.485 +0.005
            """, """
            1d00:00 raised W2
            29d03:00 cleared W2
            30d05:00 raised W2
            """);
    }

    [Fact]
    public void Ten_litre_pulses_show_a_leak_that_gives_one_in_two_hours() => RuleScript.Check("""
        rule   W2
        home   occupied
        point  water.volume every 15m pulse 0.010
        00:00..2d00:00 every 15m water.volume 10.000 +0.00125
        """, "1d03:30 raised W2");

    [Fact]
    public void Ten_litre_pulses_of_a_home_that_sleeps_show_none() => RuleScript.Check("""
        rule   W2
        home   occupied
        point  water.volume every 15m pulse 0.010
        00:00..18:00 every 15m water.volume 10.000 +0.005
        18:15..1d06:00 every 15m water.volume 10.360 +0
        1d06:15..1d23:00 every 15m water.volume 10.360 +0.005
        """, "");

    [Fact]
    public void One_pulse_is_a_use_and_not_a_run() => RuleScript.Check("""
        rule   W2 lasting=7200
        home   vacant
        point  water.volume every 15m pulse 0.010
        00:00  water.volume 10.000
        00:15..12:00 every 15m water.volume 10.010 +0
        """, "");

    [Fact]
    public void A_gap_that_proves_a_stop_ends_the_run() => RuleScript.Check(
        Lived + """
        00:00..20:00 every 60m water.volume 10.000 +0.005
        1d06:00  water.volume 10.101
        1d07:00..2d00:00 every 60m water.volume 10.106 +0.005
        """, "");

    [Fact]
    public void A_gap_that_proves_nothing_holds_the_run_and_does_not_lengthen_it() => RuleScript.Check(
        Lived + """
        00:00..20:00 every 60m water.volume 10.000 +0.005
        1d06:00  water.volume 10.150
        1d07:00..1d12:00 every 60m water.volume 10.155 +0.005
        """, "1d10:00 raised W2");

    [Fact]
    public void A_leak_shows_at_one_minute_resolution_too() => RuleScript.Check("""
        rule   W2 lasting=7200
        home   vacant
        point  water.volume every 1m
        08:00..11:00 every 1m water.volume 10.0000 +0.00015
        """, "10:00 raised W2");
}
