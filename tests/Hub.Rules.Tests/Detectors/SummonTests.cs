namespace Hub.Rules.Tests.Detectors;

public class SummonTests
{
    private const string Lobby = """
        rule   K1
        home   occupied
        point  button.press
        point  button.cancel

        """;

    [Fact]
    public void Every_press_is_one_summon_however_often_it_comes() => RuleScript.Check(
        Lobby + """
        08:00  button.press 1 a
        08:00  button.press 1 a
        08:01  button.press 1 b
        08:02  button.press 1
        08:02  button.press 1
        08:03  button.press 0
        """, """
        08:00 raised K1
        08:01 raised K1
        08:02 raised K1
        """);

    [Fact]
    public void A_cancel_withdraws_its_press_once() => RuleScript.Check(
        Lobby + """
        08:00  button.press 1 a
        08:01  button.cancel 1 a
        08:01  button.cancel 1 a
        """, """
        08:00 raised K1
        08:01 withdrawn K1
        """);

    [Fact]
    public void A_cancel_that_overtakes_its_press_still_counts() => RuleScript.Check(
        Lobby + """
        08:00  button.cancel 1 a
        08:00  button.press 1 a
        08:00  button.press 1 a
        """, """
        08:00 raised K1
        08:00 withdrawn K1
        """);
}
