namespace Hub.Rules.Tests.Detectors;

public class ElectricityTests
{
    private const string Ten = """
        point  electric.interval every 30m
        00:00..10d00:00 every 30m electric.interval 0.05 +0.00001

        """;

    [Fact]
    public void A_lamp_left_on_in_a_vacant_unit_is_a_step() => RuleScript.Check("""
        rule   E1
        home   occupied
        """ + "\n" + Ten + """
        10d00:05  vacant
        10d00:30..11d00:00 every 30m electric.interval 0.055 +0
        11d00:30..11d12:00 every 30m electric.interval 0.095 +0
        """, "11d02:30 raised E1");

    [Fact]
    public void An_empty_home_at_its_base_is_quiet() => RuleScript.Check("""
        rule   E1
        rule   E2
        home   occupied
        """ + "\n" + Ten + """
        10d00:05  vacant
        10d00:30..20d00:00 every 30m electric.interval 0.055 +0
        """, "");

    [Fact]
    public void Cooking_in_a_vacant_unit_is_use() => RuleScript.Check("""
        rule   E2
        home   occupied
        """ + "\n" + Ten + """
        10d00:05  vacant
        10d00:30..11d00:00 every 30m electric.interval 0.055 +0
        11d00:30  electric.interval 0.9
        11d01:00..11d09:00 every 30m electric.interval 0.055 +0
        """, """
        11d00:30 raised E2
        11d07:30 cleared E2
        """);

    [Fact]
    public void The_same_within_a_planned_window_is_none() => RuleScript.Check("""
        rule   E2
        home   occupied
        """ + "\n" + Ten + """
        10d00:05  vacant
        10d00:10  window 11d00:00 11d02:00
        10d00:30..11d00:00 every 30m electric.interval 0.055 +0
        11d00:30  electric.interval 0.9
        11d01:00..11d09:00 every 30m electric.interval 0.055 +0
        """, "");

    [Fact]
    public void A_supply_that_is_dead_shows_after_four_hours_and_clears_with_the_first_draw() => RuleScript.Check("""
        rule   E3
        home   occupied
        """ + "\n" + Ten + """
        10d00:30..10d09:00 every 30m electric.interval 0 +0
        10d09:30..10d11:00 every 30m electric.interval 0.055 +0
        """, """
        10d04:00 raised E3
        10d10:30 cleared E3
        """);

    [Fact]
    public void Where_a_home_stands_still_again_and_again_drawing_nothing_says_nothing()
    {
        var rests = string.Join('\n', Enumerable.Range(10, 6).Select(day => $"""
            {day}d00:30..{day}d03:30 every 30m electric.interval 0 +0
            {day}d04:00..{day + 1}d00:00 every 30m electric.interval 0.055 +0
            """));

        RuleScript.Check("rule   E3\nhome   occupied\n" + Ten + rests + "\n" + """
            16d00:30..19d00:00 every 30m electric.interval 0 +0
            """, "");
    }

    [Fact]
    public void What_rests_in_an_empty_home_and_goes_on_by_itself_alarms_once() => RuleScript.Check("""
        rule   E3
        home   occupied
        """ + "\n" + Ten + """
        10d00:05  vacant
        10d00:30..12d00:00 every 30m electric.interval 0.055 +0
        12d00:30..12d09:00 every 30m electric.interval 0 +0
        12d09:30..12d12:00 every 30m electric.interval 0.3 +0
        12d12:30..12d21:00 every 30m electric.interval 0 +0
        12d21:30..13d00:00 every 30m electric.interval 0.3 +0
        """, """
        12d04:00 raised E3
        12d10:30 cleared E3
        """);

    [Fact]
    public void Who_moves_out_may_switch_off_at_the_main() => RuleScript.Check("""
        rule   E3
        home   occupied
        """ + "\n" + Ten + """
        10d00:30..10d02:00 every 30m electric.interval 0 +0
        10d02:10  vacant
        10d02:30..14d00:00 every 30m electric.interval 0 +0
        """, "");

    [Fact]
    public void Where_nobody_missed_it_for_days_it_was_switched_off_on_purpose() => RuleScript.Check("""
        rule   E3
        home   occupied
        """ + "\n" + Ten + """
        10d00:05  vacant
        10d00:30..15d00:00 every 30m electric.interval 0 +0
        15d00:05  occupied
        15d00:30..20d00:00 every 30m electric.interval 0.055 +0
        20d00:30..32d00:00 every 30m electric.interval 0 +0
        """, "");

    [Fact]
    public void A_gap_is_not_taken_for_nothing_used() => RuleScript.Check("""
        rule   E3
        home   occupied
        """ + "\n" + Ten + """
        10d12:00..10d14:00 every 30m electric.interval 0.055 +0
        """, "");

    [Fact]
    public void A_heater_left_on_where_people_live_is_a_kind_notice() => RuleScript.Check("""
        rule   E4
        home   occupied
        """ + "\n" + Ten + """
        10d00:30..12d12:00 every 30m electric.interval 0.60 +0
        """, "10d23:30 raised E4 notice");

    [Fact]
    public void A_value_beyond_the_main_fuse_is_impossible() => RuleScript.Check("""
        rule   Q1
        home   occupied
        """ + "\n" + Ten + """
        10d00:30  electric.interval 120
        10d01:00..10d03:00 every 30m electric.interval 0.055 +0
        """, """
        10d00:30 raised Q1
        10d02:00 cleared Q1
        """);

    [Fact]
    public void A_value_that_is_frozen_for_twelve_hours_is_named() => RuleScript.Check("""
        rule   Q2
        home   occupied
        """ + "\n" + Ten + """
        10d00:30..11d00:00 every 30m electric.interval 0.061 +0
        11d00:30  electric.interval 0.070
        """, """
        10d12:30 raised Q2
        11d00:30 cleared Q2
        """);
}
