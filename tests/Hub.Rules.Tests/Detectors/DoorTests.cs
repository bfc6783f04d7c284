namespace Hub.Rules.Tests.Detectors;

public class DoorTests
{
    private const string Vacant = """
        rule   D1
        rule   W1
        rule   X1
        home   vacant
        point  door.open
        point  water.volume every 5m

        """;

    [Fact]
    public void A_door_of_a_vacant_unit_raises_at_once_and_clears_a_minute_after_closing() => RuleScript.Check(
        Vacant + """
        08:00  door.open 0
        10:00  door.open 1
        10:03  door.open 0
        10:30  tick
        """, """
        10:00 raised D1
        10:04 cleared D1
        """);

    [Fact]
    public void In_a_window_only_a_door_left_open_counts() => RuleScript.Check(
        Vacant + """
        08:00  door.open 0
        08:01  window 10:00 12:00
        10:10  door.open 1
        10:12  door.open 0
        11:00  door.open 1
        11:30  door.open 0
        """, """
        11:05 raised D1
        11:31 cleared D1
        """);

    [Fact]
    public void A_window_that_is_withdrawn_excuses_nothing_from_then_on() => RuleScript.Check(
        Vacant + """
        08:00  door.open 0
        08:01  window 10:00 12:00
        10:10  door.open 1
        10:12  door.open 0
        10:30  withdraw 10:00 12:00
        11:00  door.open 1
        11:02  door.open 0
        """, """
        11:00 raised D1
        11:03 cleared D1
        """);

    [Fact]
    public void Where_people_live_only_a_door_left_open_counts() => RuleScript.Check("""
        rule   D1 open-for=900
        anywhere
        home   occupied
        point  door.open
        08:00  door.open 1
        08:14  door.open 0
        09:00  door.open 1
        09:40  door.open 0
        """, """
        09:15 raised D1
        09:41 cleared D1
        """);

    [Fact]
    public void An_open_door_whose_source_is_offline_is_judged_when_it_speaks_again() => RuleScript.Check(
        Vacant + """
        08:00  door.open 0
        08:01  window 10:00 12:00
        11:00  door.open 1
        11:01  offline
        11:40  tick
        11:41  online
        11:42  door.open 0
        """, """
        11:05 raised D1
        11:43 cleared D1
        """);

    [Fact]
    public void Nothing_is_said_of_a_door_whose_source_stays_offline() => RuleScript.Check(
        Vacant + """
        08:00  door.open 0
        08:01  window 10:00 12:00
        11:00  door.open 1
        11:01  offline
        11:40  tick
        """, "");

    [Fact]
    public void A_door_and_water_within_minutes_are_one_urgent_case() => RuleScript.Check(
        Vacant + """
        09:55  water.volume 10.000
        10:00  door.open 1
        10:01  door.open 0
        10:00  water.volume 10.000
        10:05  water.volume 10.030
        10:20  water.volume 10.060
        10:25..17:00 every 5m water.volume 10.060 +0
        """, """
        10:00 raised D1
        10:02 cleared D1
        10:00 raised X1
        10:05 raised W1 notice
        10:20 raised W1 notice
        16:25 cleared W1
        16:25 cleared W1
        16:25 cleared X1
        """);

    [Fact]
    public void A_door_and_water_hours_apart_are_two_cases() => RuleScript.Check(
        Vacant + """
        10:00  door.open 1
        10:01  door.open 0
        13:55  water.volume 10.000
        14:00  water.volume 10.030
        """, """
        10:00 raised D1
        10:02 cleared D1
        14:00 raised W1 notice
        """);
}
