using System.Buffers;
using System.Text;
using Hub.Gateway.Series;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Series;

public class InfluxLineProtocolTests
{
    [Fact]
    public void A_line_is_measurement_tags_value_and_nanoseconds() => Assert.Equal(
        "reading,device=edge-b1/w-0301,signal=water.volume,site=compound,space=b1-e2-0301 value=12.345 1767600000000000000\n",
        Line(InPoint("edge-b1", "w-0301", "b1-e2-0301"), 12.345));

    [Fact]
    public void Commas_spaces_and_equal_signs_of_a_name_are_escaped() => Assert.Contains(
        @",device=e\ 1/a\,b\=c,", Line(InPoint("e 1", "a,b=c", "x"), 1), StringComparison.Ordinal);

    [Fact]
    public void A_name_can_not_break_out_of_its_line()
    {
        var line = Line(InPoint("e", "a\nreading value=6\\", "x"), 1);

        Assert.Equal(1, line.Count(letter => letter == '\n'));
        Assert.DoesNotContain(@"\,signal", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_without_a_value_is_left_out() =>
        Assert.DoesNotContain("space", Line(InPoint("e", "d", ""), 1), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(3, "3")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157E+308")]
    public void A_value_is_a_float_to_the_last_bit(double value, string text) =>
        Assert.Contains($" value={text} 17", Line(InPoint("e", "d", "x"), value), StringComparison.Ordinal);

    [Fact]
    public void Values_of_one_instant_are_a_nanosecond_apart() => Assert.EndsWith(
        " 1767600000000000002\n", Line(InPoint("e", "d", "x"), 1, ordinal: 2), StringComparison.Ordinal);

    [Fact]
    public void Says_why_a_reading_can_not_be_a_line()
    {
        var at = Some.Morning.UtcTicks;

        Assert.Null(InfluxLineProtocol.WhyNot(at, 99, 1));
        Assert.Contains("finite", InfluxLineProtocol.WhyNot(at, 0, double.NaN), StringComparison.Ordinal);
        Assert.Contains("100", InfluxLineProtocol.WhyNot(at, 100, 1), StringComparison.Ordinal);
        Assert.Contains("2262", InfluxLineProtocol.WhyNot(DateTime.MaxValue.Ticks, 0, 1), StringComparison.Ordinal);
        Assert.Contains("1677", InfluxLineProtocol.WhyNot(0, 0, 1), StringComparison.Ordinal);
    }

    private static Point InPoint(string edge, string device, string space) =>
        new(new PointNumber(1), edge, device, Signal.WaterVolume, space);

    private static string Line(Point point, double value, int ordinal = 0)
    {
        var output = new ArrayBufferWriter<byte>();
        InfluxLineProtocol.Write(output, new SeriesReading(
            point.Number, InfluxLineProtocol.Series("compound", point), Some.Morning.UtcTicks, ordinal, value));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
