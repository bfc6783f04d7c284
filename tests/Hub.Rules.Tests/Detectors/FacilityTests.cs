namespace Hub.Rules.Tests.Detectors;

public class FacilityTests
{
    private const string Pump = """

        anywhere
        home   occupied
        point  facility.run
        08:00  facility.run 0

        """;

    /// <summary>Five weeks of nights at 20 °C and working hours at 32 °C.</summary>
    private static readonly string Weeks = "\nanywhere\nhome   occupied\npoint  facility.temperature every 1h\n"
        + string.Concat(Enumerable.Range(0, 35).Select(Day));

    [Fact]
    public void A_limit_has_a_deadband() => RuleScript.Check("""
        rule   F1 high=30 deadband=2
        anywhere
        home   occupied
        point  facility.temperature every 1m
        08:00..08:10 every 1m facility.temperature 31 +0
        08:11..08:30 every 1m facility.temperature 29 +0
        08:31..08:40 every 1m facility.temperature 27.9 +0
        """, """
        08:05 raised F1
        08:36 cleared F1
        """);

    [Fact]
    public void A_value_within_the_on_delay_is_forgiven() => RuleScript.Check("""
        rule   F1 low=0.3
        anywhere
        home   occupied
        point  facility.level every 1m
        08:00..08:04 every 1m facility.level 0.2 +0
        08:05..08:30 every 1m facility.level 0.5 +0
        """, "");

    [Fact]
    public void Nobody_knows_whether_it_stayed_beyond_through_a_gap() => RuleScript.Check("""
        rule   F1 high=30
        anywhere
        home   occupied
        point  facility.temperature every 1m
        08:00..08:02 every 1m facility.temperature 31 +0
        09:00  facility.temperature 31
        09:01..09:07 every 1m facility.temperature 31 +0
        """, "09:06 raised F1");

    [Fact]
    public void More_starts_an_hour_than_allowed() => RuleScript.Check("rule   F2 starts=3" + Pump + """
        08:10  facility.run 1
        08:12  facility.run 0
        08:20  facility.run 1
        08:22  facility.run 0
        08:30  facility.run 1
        08:32  facility.run 0
        08:40  facility.run 1
        08:42  facility.run 0
        09:15  facility.run 0
        09:35  facility.run 0
        """, """
        08:40 raised F2
        09:30 cleared F2
        """);

    [Fact]
    public void Short_runs_one_after_another_are_short_cycling() => RuleScript.Check("rule   F2 short-runs=2" + Pump + """
        08:10:00  facility.run 1
        08:10:20  facility.run 0
        08:30:00  facility.run 1
        08:30:20  facility.run 0
        """, "08:30 raised F2");

    [Fact]
    public void A_motor_that_reports_nothing_goes_on_standing_until_it_has_stood_too_long() => RuleScript.Check(
        "rule   F2 idle-max=86400" + Pump + """
        1d09:00  tick
        """, "1d08:00 raised F2");

    [Fact]
    public void While_its_source_is_offline_nobody_knows() => RuleScript.Check("rule   F2 run-max=3600" + Pump + """
        08:10  facility.run 1
        08:20  offline
        12:00  tick
        """, "");

    [Fact]
    public void While_old_reports_still_come_a_fresh_one_of_a_neighbour_lets_no_motor_run_on() => RuleScript.Check(
        "rule   F2 run-max=3600" + Pump + """
        point  electric.power every 5m
        12:04  late 234m facility.run 1
        12:04:30  electric.power 35
        12:05  tick
        12:06  late 226m facility.run 0
        """, "");

    [Fact]
    public void Trying_out_a_pump_in_a_planned_window_is_no_duty() => RuleScript.Check("rule   F2 starts=1" + Pump + """
        08:05  window 08:00 09:00
        08:10  facility.run 1
        08:12  facility.run 0
        08:20  facility.run 1
        08:22  facility.run 0
        08:30  facility.run 1
        08:32  facility.run 0
        09:10  facility.run 1
        """, "");

    [Fact]
    public void Maintenance_is_due_by_hours_run_and_done_in_a_window() => RuleScript.Check(
        "rule   F4 hours=36000" + Pump + """
        09:00  facility.run 1
        15:00  facility.run 0
        20:00  facility.run 1
        1d02:00  window 1d02:00 1d03:00
        1d02:30  facility.run 1
        1d09:00  tick
        1d13:00  tick
        """, """
        1d00:00 raised F4
        1d02:30 cleared F4
        1d12:30 raised F4
        """);

    [Fact]
    public void A_level_never_seen_at_any_hour_is_a_deviation() => RuleScript.Check("rule   F3" + Weeks + """
        35d00:00..35d06:00 every 1h facility.temperature 45 +0
        """, "35d02:00 raised F3");

    [Fact]
    public void Midday_warmth_at_midnight_is_a_deviation_although_it_was_seen_before() => RuleScript.Check(
        "rule   F3" + Weeks + """
        35d00:00..35d06:00 every 1h facility.temperature 32 +0
        """, "35d02:00 raised F3");

    [Fact]
    public void Days_like_those_before_are_none() => RuleScript.Check("rule   F3" + Weeks + """
        35d00:00..35d07:00 every 1h facility.temperature 20.2 +0
        35d08:00..35d12:00 every 1h facility.temperature 32.3 +0
        """, "");

    [Fact]
    public void A_fault_is_not_learnt_in_ten_days() => RuleScript.Check("rule   F3" + Weeks + """
        35d00:00..45d00:00 every 1h facility.temperature 45 +0
        45d01:00..45d07:00 every 1h facility.temperature 20 +0
        45d18:00..45d23:00 every 1h facility.temperature 45 +0
        """, """
        35d02:00 raised F3
        45d07:00 cleared F3
        45d21:00 raised F3
        """);

    [Fact]
    public void What_stays_for_a_fortnight_under_alarm_is_a_new_usual() => RuleScript.Check("rule   F3" + Weeks + """
        35d00:00..70d00:00 every 1h facility.temperature 45 +0
        """, """
        35d02:00 raised F3
        49d05:00 cleared F3
        """);

    [Fact]
    public void Hours_nobody_knows_of_do_not_add_up() => RuleScript.Check("rule   F3" + Weeks + """
        35d00:00  facility.temperature 45
        35d12:00  facility.temperature 45
        36d00:00  facility.temperature 45
        """, "");

    private static string Day(int day)
    {
        var drift = 0.1 * (day % 3);
        return FormattableString.Invariant($"""
            {day}d00:00..{day}d07:00 every 1h facility.temperature {20 + drift} +0.01
            {day}d08:00..{day}d17:00 every 1h facility.temperature {32 + drift} +0.01
            {day}d18:00..{day}d23:00 every 1h facility.temperature {20 + drift} +0.01

            """);
    }
}
