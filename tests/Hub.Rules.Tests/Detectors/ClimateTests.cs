namespace Hub.Rules.Tests.Detectors;

public class ClimateTests
{
    /// <summary>Six days at 21 °C, every ten minutes, with a little life in it.</summary>
    private const string Warm = """

        point  climate.temperature every 10m
        00:00..6d00:00 every 10m climate.temperature 21 -0.0002

        """;

    /// <summary>A sensor of whole percents that shows three of them in two days and a half.</summary>
    private const string Coarse = """
        rule   Q2 lasting=86400
        home   occupied
        point  climate.humidity every 10m
        00:00..12:00 every 10m climate.humidity 43 +0
        12:10..1d00:00 every 10m climate.humidity 44 +0
        1d00:10..2d12:00 every 10m climate.humidity 45 +0

        """;

    [Fact]
    public void A_room_that_cools_down_over_a_night_has_lost_its_heating() => RuleScript.Check("""
        rule   C3
        home   occupied
        """ + Warm + """
        6d00:10..6d15:00 every 10m climate.temperature 20.8 -0.07
        """, "6d09:00 raised C3");

    [Fact]
    public void A_cold_room_that_gets_warm_again_is_over() => RuleScript.Check("""
        rule   C3
        home   occupied
        """ + Warm + """
        6d00:10..6d12:00 every 10m climate.temperature 17 +0
        6d12:10..6d18:00 every 10m climate.temperature 20.9 +0
        """, """
        6d03:00 raised C3
        6d15:00 cleared C3
        """);

    [Fact]
    public void A_summer_room_that_loses_its_heat_is_none() => RuleScript.Check("""
        rule   C3
        home   occupied
        point  climate.temperature every 10m
        00:00..6d00:00 every 10m climate.temperature 28 -0.0002
        6d00:10..7d00:00 every 10m climate.temperature 23 +0
        """, "");

    [Fact]
    public void Frost_needs_no_history() => RuleScript.Check("""
        rule   C3
        home   vacant
        point  climate.temperature every 10m
        00:00..12:00 every 10m climate.temperature 10 -0.05
        """, "09:00 raised C3");

    [Fact]
    public void When_people_move_out_what_is_usual_begins_anew() => RuleScript.Check("""
        rule   C3
        home   occupied
        """ + Warm + """
        6d00:05  vacant
        6d00:10..9d00:00 every 10m climate.temperature 15 +0
        """, "");

    [Fact]
    public void A_fault_on_the_last_days_is_not_learnt_and_told_once() => RuleScript.Check("""
        rule   C3
        home   occupied
        """ + Warm + """
        6d00:10..10d00:00 every 10m climate.temperature 17 +0
        """, "6d03:00 raised C3");

    [Fact]
    public void Silence_through_the_night_is_not_cold() => RuleScript.Check("""
        rule   C3
        home   occupied
        """ + Warm + """
        6d08:00..6d08:30 every 10m climate.temperature 17 +0
        6d14:00..6d14:30 every 10m climate.temperature 17 +0
        """, "");

    [Fact]
    public void A_fast_fall_that_stays_is_a_window_left_open() => RuleScript.Check("""
        rule   C2
        home   vacant
        """ + Warm + """
        6d00:10..6d01:00 every 10m climate.temperature 20 -0.8
        6d01:10..6d06:00 every 10m climate.temperature 16 +0
        6d06:10..6d09:00 every 10m climate.temperature 20 +0
        """, """
        6d01:40 raised C2
        6d06:50 cleared C2
        """);

    [Fact]
    public void Airing_is_no_window_left_open() => RuleScript.Check("""
        rule   C2
        home   occupied
        """ + Warm + """
        6d00:10..6d00:30 every 10m climate.temperature 17 -0.2
        6d00:40..6d03:00 every 10m climate.temperature 20 +0
        """, "");

    [Fact]
    public void Heating_that_fails_is_too_slow_for_a_window() => RuleScript.Check("""
        rule   C2
        home   occupied
        """ + Warm + """
        6d00:10..6d15:00 every 10m climate.temperature 20.8 -0.07
        """, "");

    [Fact]
    public void A_window_that_a_visit_opens_is_expected() => RuleScript.Check("""
        rule   C2
        home   vacant
        """ + Warm + """
        6d00:05  window 6d00:00 6d04:00
        6d00:10..6d01:00 every 10m climate.temperature 20 -0.8
        6d01:10..6d06:00 every 10m climate.temperature 16 +0
        """, "");

    [Fact]
    public void One_wild_value_cools_no_room() => RuleScript.Check("""
        rule   C2
        rule   C3
        home   occupied
        """ + Warm + """
        6d00:10  climate.temperature -20
        6d00:20..6d06:00 every 10m climate.temperature 20.8 +0
        """, "");

    [Fact]
    public void A_day_of_damp_air_is_told_and_a_shower_is_not() => RuleScript.Check("""
        rule   C1
        home   vacant
        point  climate.humidity every 10m
        00:00..1d00:00 every 10m climate.humidity 55 +0.001
        1d00:10..1d02:00 every 10m climate.humidity 95 +0
        1d02:10..3d00:00 every 10m climate.humidity 55 +0.001
        3d00:10..4d12:00 every 10m climate.humidity 79 +0.001
        4d12:10..6d00:00 every 10m climate.humidity 50 +0.001
        """, """
        3d20:00 raised C1
        5d00:00 cleared C1
        """);

    [Fact]
    public void A_value_that_jumps_away_and_back_is_impossible() => RuleScript.Check("""
        rule   Q1
        home   occupied
        """ + Warm + """
        6d00:10  climate.temperature 45
        6d00:20..6d02:00 every 10m climate.temperature 20.8 +0
        """, """
        6d00:20 raised Q1
        6d01:30 cleared Q1
        """);

    [Fact]
    public void Steam_of_a_shower_is_possible() => RuleScript.Check("""
        rule   Q1
        home   occupied
        point  climate.humidity every 10m
        00:00..06:00 every 10m climate.humidity 50 +0.01
        06:10..06:40 every 10m climate.humidity 92 -3
        06:50..09:00 every 10m climate.humidity 60 -0.2
        """, "");

    [Fact]
    public void An_hour_between_readings_leaves_room_for_a_shower_but_not_for_fifty_degrees() => RuleScript.Check("""
        rule   Q1
        home   occupied
        point  climate.humidity every 1h
        point  climate.temperature every 1h
        00:00..06:00 every 1h climate.humidity 50 +0.01
        06:10..11:10 every 1h climate.temperature 20 +0.01
        12:00  climate.humidity 90
        12:10  climate.temperature 70
        13:00  climate.humidity 50
        13:10  climate.temperature 20
        """, "13:10 raised Q1");

    [Fact]
    public void A_coarse_sensor_in_a_quiet_room_is_told_of_once_and_then_usual() => RuleScript.Check(Coarse + """
        2d12:10..3d00:00 every 10m climate.humidity 44 +0
        3d00:10..4d12:00 every 10m climate.humidity 45 +0
        """, """
        2d00:10 raised Q2
        2d12:10 cleared Q2
        """);

    [Fact]
    public void A_sensor_that_hung_and_jumps_back_has_not_been_alive() => RuleScript.Check(Coarse + """
        2d12:10..3d00:00 every 10m climate.humidity 55 +0
        3d00:10..4d12:00 every 10m climate.humidity 45 +0
        """, """
        2d00:10 raised Q2
        2d12:10 cleared Q2
        4d00:10 raised Q2
        """);

    [Fact]
    public void The_first_cold_spell_of_a_home_that_is_hardly_known_is_no_failure() => RuleScript.Check("""
        rule   C3
        home   occupied
        """ + Warm + """
        6d00:10..7d00:00 every 10m climate.temperature 18.9 +0
        """, "");

    [Fact]
    public void Air_that_stands_still_to_the_digit_for_a_day_is_a_frozen_sensor() => RuleScript.Check("""
        rule   Q2 lasting=86400
        home   occupied
        """ + Warm + """
        6d00:10..7d12:00 every 10m climate.temperature 20.5 +0
        """, "7d00:10 raised Q2");
}
