namespace Hub.Rules.Tests.Detectors;

/// <summary>The goal: what an edge has counted and the hub has not got is unknown, also where no time seems to be missing.</summary>
public class LossTests
{
    private const string Level = """

        rule   F1 high=30
        anywhere
        home   occupied
        point  facility.temperature every 1m
        08:00..08:03 every 1m facility.temperature 31 +0

        """;

    private const string Supply = """

        rule   E5
        home   occupied
        point  supply.lost
        08:00  supply.lost 0
        09:00  supply.lost 1

        """;

    [Fact]
    public void An_on_delay_begins_anew_after_what_was_lost() => RuleScript.Check(
        Level + """
        08:04  lost meters
        08:04..08:12 every 1m facility.temperature 31 +0
        """, """
        08:10 raised F1
        """);

    [Fact]
    public void What_was_lost_of_the_contacts_is_no_gap_of_a_meter() => RuleScript.Check(
        Level + """
        08:04  lost contacts
        08:04..08:12 every 1m facility.temperature 31 +0
        """, """
        08:05 raised F1
        """);

    [Fact]
    public void A_contacts_state_is_not_believed_past_a_loss_until_it_speaks_again() => RuleScript.Check(
        Supply + """
        09:02  lost contacts
        09:30  supply.lost 0
        """, "");

    [Fact]
    public void A_contact_that_says_the_same_after_a_loss_held_throughout() => RuleScript.Check(
        Supply + """
        09:02  lost contacts
        09:30  supply.lost 1
        """, """
        09:30 raised E5
        """);

    [Fact]
    public void What_was_lost_of_the_meters_leaves_a_contacts_state_alone() => RuleScript.Check(
        Supply + """
        09:02  lost meters
        09:30  supply.lost 0
        """, """
        09:03 raised E5
        09:35 cleared E5
        """);
}
