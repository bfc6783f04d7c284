namespace Hub.Rules.Tests.Detectors;

public class ChatterTests
{
    private const string Vacant = """
        rule   H2
        rule   D1
        home   vacant
        point  door.open

        """;

    /// <summary>Closes every twelve seconds, five times a minute, and opens between.</summary>
    private static string Chatter(string from, int times)
    {
        var at = TimeSpan.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        return string.Concat(Enumerable.Range(0, times * 2).Select(
            i => $"{at + TimeSpan.FromSeconds(6 * i):hh\\:mm\\:ss} door.open {(i + 1) % 2}\n"));
    }

    [Fact]
    public void A_chattering_contact_is_one_order_and_its_point_is_shelved_until_it_is_calm() => RuleScript.Check(
        Vacant + "08:00  door.open 0\n" + Chatter("10:00", 40) + """
        11:00  tick
        12:00  door.open 1
        12:05  door.open 0
        12:10  tick
        """, """
        10:00 raised D1
        10:02 raised H2
        10:18 cleared H2
        10:18 cleared D1
        12:00 raised D1
        12:06 cleared D1
        """);

    [Fact]
    public void A_point_that_falls_calm_open_is_open_for_the_others() => RuleScript.Check(
        Vacant + "08:00  door.open 0\n08:01  window 09:00 10:30\n" + Chatter("10:00", 15) + """
        10:03:30 door.open 1
        10:40  tick
        """, """
        10:02 raised H2
        10:14 cleared H2
        10:19 raised D1
        """);

    [Fact]
    public void Somebody_who_carries_things_in_and_out_is_no_chatter() => RuleScript.Check(
        Vacant + "08:00  door.open 0\n08:01  window 09:00 12:00\n" + Chatter("10:00", 9), "");

    [Fact]
    public void Reports_that_repeat_the_state_are_no_chatter() => RuleScript.Check(
        Vacant + "08:00  door.open 0\n08:01..08:30 every 5s door.open 0 +0", "");
}
