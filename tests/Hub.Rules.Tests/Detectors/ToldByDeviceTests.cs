namespace Hub.Rules.Tests.Detectors;

public class ToldByDeviceTests
{
    [Theory]
    [InlineData("W5", "meter.leak")]
    [InlineData("W5", "meter.burst")]
    [InlineData("W5", "meter.reverse")]
    [InlineData("W5", "meter.dry")]
    [InlineData("W5", "meter.tamper")]
    [InlineData("W5", "leak.wet")]
    [InlineData("S1", "smoke.alarm")]
    public void What_a_device_has_found_is_raised_at_once_and_ends_after_an_hour_of_quiet(string code, string signal) =>
        RuleScript.Check($"""
        rule   {code}
        home   occupied
        point  {signal}
        08:00  {signal} 0
        09:00  {signal} 1
        10:00  {signal} 0
        11:30  tick
        """, $"""
        09:00 raised {code}
        11:00 cleared {code}
        """);

    [Fact]
    public void A_bit_that_flickers_is_one_alarm() => RuleScript.Check(
        """
        rule   W5
        home   occupied
        point  meter.leak
        09:00  meter.leak 1
        09:30  meter.leak 0
        10:00  meter.leak 1
        10:30  meter.leak 0
        12:00  tick
        """, """
        09:00 raised W5
        11:30 cleared W5
        """);

    [Fact]
    public void Water_on_the_floor_is_no_visit() => RuleScript.Check(
        """
        rule   W5
        home   vacant
        point  leak.wet
        08:00  window 09:00 12:00
        10:00  leak.wet 1
        """, "10:00 raised W5");

    [Fact]
    public void A_bit_whose_source_is_offline_holds() => RuleScript.Check(
        """
        rule   W5
        home   occupied
        point  meter.tamper
        09:00  meter.tamper 1
        09:10  meter.tamper 0
        09:20  offline
        12:00  tick
        """, "09:00 raised W5");
}
