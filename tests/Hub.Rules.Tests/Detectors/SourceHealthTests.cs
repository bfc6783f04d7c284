namespace Hub.Rules.Tests.Detectors;

/// <summary>What the hub sees of a source by itself, with no word from it about its health.</summary>
public class SourceHealthTests
{
    private const string Meter = """
        rule   H3
        rule   H4
        rule   H8
        home   occupied
        point  water.volume every 5m

        """;

    [Fact]
    public void Readings_from_the_future_tell_of_a_clock_that_is_ahead() => RuleScript.Check(
        Meter + """
        08:00..08:30 every 5m water.volume 10 +0
        09:00  late -5m water.volume 10
        09:05  late -5m water.volume 10
        09:10  late -5m water.volume 10
        09:15  water.volume 10
        09:20..10:30 every 5m water.volume 10 +0
        """, """
        09:10 raised H3
        10:15 cleared H3
        """);

    [Fact]
    public void Readings_too_far_in_the_future_to_be_believed_still_tell_of_the_clock() => RuleScript.Check(
        Meter + """
        09:00  late -48h water.volume 10
        09:05  late -48h water.volume 10
        09:10  late -48h water.volume 10
        """, "09:10 raised H3");

    [Fact]
    public void A_clock_that_was_never_set_is_behind_by_the_same_all_the_time() => RuleScript.Check(
        Meter + """
        09:00  late 8h water.volume 10
        09:10  late 8h water.volume 10
        09:20  late 8h water.volume 10
        09:30  late 8h water.volume 10
        09:40  late 8h water.volume 10
        """, "09:40 raised H3");

    [Fact]
    public void A_backlog_that_is_delivered_is_none() => RuleScript.Check(
        Meter + """
        08:00  water.volume 10
        20:01  late 11h water.volume 10
        20:02  late 8h water.volume 10
        20:03  late 2h water.volume 10
        20:04  late 1h water.volume 10
        20:05..21:00 every 5m water.volume 10 +0
        """, "");

    [Fact]
    public void A_source_that_only_delivers_what_is_old_does_not_catch_up() => RuleScript.Check(
        Meter + """
        08:00  water.volume 10
        20:00  late 11h water.volume 10
        20:05  late 655m water.volume 10
        20:15  late 650m water.volume 10
        20:25  late 645m water.volume 10
        20:35  late 645m water.volume 10
        20:45  water.volume 10
        """, """
        20:35 raised H4
        20:45 cleared H4
        """);

    [Fact]
    public void What_is_sent_again_says_nothing() => RuleScript.Check(
        Meter + """
        08:00..09:00 every 5m water.volume 10 +0
        09:01  late 45m water.volume 10
        09:20  late 55m water.volume 10
        09:40  late 65m water.volume 10
        """, "");

    [Fact]
    public void A_source_that_comes_and_goes_five_times_in_an_hour_is_told_until_an_hour_is_calm() => RuleScript.Check(
        Meter + """
        08:00  water.volume 10
        08:01  offline
        08:05  online
        08:11  offline
        08:15  online
        08:21  offline
        08:25  online
        08:31  offline
        08:35  online
        08:41  offline
        08:45  online
        09:00..11:00 every 5m water.volume 10 +0
        """, """
        08:45 raised H8
        10:10 cleared H8
        """);

    [Fact]
    public void An_outbox_that_begins_anew_again_and_again_is_a_restart_too() => RuleScript.Check(
        Meter + """
        08:00  epoch e1
        08:00  water.volume 10
        08:10  epoch e2
        08:10  water.volume 10
        08:20  epoch e3
        08:20  water.volume 10
        08:30  epoch e4
        08:30  water.volume 10
        08:40  epoch e5
        08:40  water.volume 10
        08:50  epoch e6
        08:50  water.volume 10
        """, "08:50 raised H8");

    [Fact]
    public void Two_outboxes_by_turns_are_no_restarts() => RuleScript.Check(
        Meter + string.Concat(Enumerable.Range(0, 12).Select(i => $"""
            08:{i * 5:00}  epoch events
            08:{i * 5:00}  water.volume 10
            08:{(i * 5) + 3:00}  epoch readings
            08:{(i * 5) + 3:00}  water.volume 10

            """)), "");

    [Fact]
    public void A_source_that_says_again_that_it_is_there_has_not_started() => RuleScript.Check(
        Meter + """
        08:00  water.volume 10
        08:05  online
        08:15  online
        08:25  online
        08:35  online
        08:45  online
        """, "");
}
