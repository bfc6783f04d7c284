namespace Hub.Rules.Tests.Detectors;

public class DoorForcedTests
{
    private const string Locked = """
        rule   D2
        home   occupied
        point  door.open
        point  door.locked
        08:00  door.open 0
        08:00  door.locked 1

        """;

    [Fact]
    public void A_door_that_opens_while_locked_is_forced_until_it_is_shut() => RuleScript.Check(
        Locked + """
        10:00  door.open 1
        10:20  door.open 0
        10:30  tick
        """, """
        10:00 raised D2
        10:21 cleared D2
        """);

    [Fact]
    public void A_forced_door_that_is_shut_at_once_was_forced_all_the_same() => RuleScript.Check(
        Locked + """
        10:00  door.open 1
        10:00:10 door.open 0
        10:30  tick
        """, """
        10:00 raised D2
        10:01 cleared D2
        """);

    [Fact]
    public void A_lock_that_is_told_after_the_door_was_unlocked_with_it() => RuleScript.Check(
        Locked + """
        10:00  door.open 1
        10:00:05 door.locked 0
        10:02  door.locked 1
        10:20  door.open 0
        """, "");

    [Fact]
    public void An_unlocked_door_may_open_and_be_bolted_while_open() => RuleScript.Check(
        Locked + """
        09:59  door.locked 0
        10:00  door.open 1
        10:01  door.locked 1
        10:05  door.locked 0
        10:06  door.open 0
        """, "");

    [Fact]
    public void A_lock_that_is_offline_is_not_taken_for_locked() => RuleScript.Check(
        Locked + """
        09:00  offline
        10:00  door.open 1
        10:10  door.open 0
        """, "");

    [Fact]
    public void A_door_without_a_lock_contact_says_nothing() => RuleScript.Check(
        """
        rule   D2
        home   vacant
        point  door.open
        08:00  door.open 0
        10:00  door.open 1
        10:10  door.open 0
        """, "");
}
