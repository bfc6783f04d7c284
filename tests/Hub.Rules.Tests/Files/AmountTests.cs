using Hub.Rules.Files;

namespace Hub.Rules.Tests.Files;

public class AmountTests
{
    [Theory]
    [InlineData("4 L/h", "l/h", 4)]
    [InlineData("10 m3/h", "l/h", 10_000)]
    [InlineData("0.5 L/min", "l/h", 30)]
    [InlineData("15 min", "s", 900)]
    [InlineData("15min", "s", 900)]
    [InlineData("72 h", "s", 259_200)]
    [InlineData("7 d", "s", 604_800)]
    [InlineData("0.3 kWh", "kWh", 0.3)]
    [InlineData("3 Wh", "kWh", 0.003)]
    [InlineData("1 L", "m3", 0.001)]
    [InlineData("3 L", "l", 3)]
    [InlineData("0.2 m3", "l", 200)]
    [InlineData("30 W", "W", 30)]
    [InlineData("1.5 kW", "W", 1500)]
    [InlineData("80 %", "%", 80)]
    [InlineData("80 %", "%RH", 80)]
    [InlineData("-3 °C", "Cel", -3)]
    [InlineData("212 °F", "Cel", 100)]
    [InlineData("6 /h", "/h", 6)]
    [InlineData("3", "", 3)]
    [InlineData("1e3 W", "W", 1000)]
    [InlineData("5 count", "count", 5)]
    public void Reads_amounts_as_people_write_them(string text, string kept, double expected)
    {
        var amount = Amount.Parse(text, kept, out var wrong);

        Assert.Equal("", wrong);
        Assert.Equal(expected, amount!.Value, 9);
    }

    [Theory]
    [InlineData("4", "l/h", "it needs a unit: one of l/h, L/h")]
    [InlineData("4 kWh", "l/h", "its unit must be one of l/h, L/h")]
    [InlineData("four", "l/h", "it must be a number in l/h, such as '4 L/h'")]
    [InlineData("4 L", "", "it must be a plain number")]
    [InlineData("1-2 min", "s", "it must be a number in s")]
    [InlineData("1e999 W", "W", "it must be a number in W")]
    [InlineData("4 KWH", "kWh", "its unit must be one of kWh, Wh, MWh, kJ")]
    public void Says_what_may_be_written_instead(string text, string kept, string expected)
    {
        Assert.Null(Amount.Parse(text, kept, out var wrong));

        Assert.StartsWith(expected, wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousandth_is_exact() => Assert.Equal(0.003, Amount.Parse("3 L", "m3", out _));
}
