using Hub.Gateway.Series;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Series;

public class InfluxQueryTests
{
    private static readonly long From = Some.Morning.UtcTicks;

    [Fact]
    public void Asks_for_the_readings_and_for_stretches_that_begin_where_the_chart_does()
    {
        const string Source = """FROM "reading" WHERE "device" = 'edge-b1/w-1' AND "signal" = 'water.volume' """
            + "AND \"site\" = 'court' AND time >= 1767600000000000000 AND time < 1767607200000000000";

        Assert.Equal(
            $"""SELECT "value" {Source} LIMIT 12001; """
            + """SELECT count("value"), min("value"), max("value"), sum("value"), first("value"), last("value") """
            + $"{Source} GROUP BY time(700000000000ns, 600000000000ns) fill(none)",
            Text("w-1", From, From + TimeSpan.TicksPerHour * 2, 700 * TimeSpan.TicksPerSecond));
    }

    [Theory]
    [InlineData("a' OR ''='", @"""device"" = 'edge-b1/a\' OR \'\'=\'' AND")]
    [InlineData(@"a\' OR 1=1 --", @"""device"" = 'edge-b1/a＼\' OR 1=1 --' AND")]
    [InlineData("a\n; DROP", "\"device\" = 'edge-b1/a\uFFFD; DROP' AND")]
    public void A_name_can_not_break_out_of_its_quotes_and_is_what_was_written(string device, string says) =>
        Assert.Contains(says, Text(device, From, From + 1, 1), StringComparison.Ordinal);

    [Fact]
    public void Times_beyond_its_reach_are_the_nearest_it_takes()
    {
        var text = Text("w-1", 0, DateTime.MaxValue.Ticks, DateTime.MaxValue.Ticks);

        Assert.Contains("time >= -9223372036854775806 AND time < 9223372036854775806 ", text, StringComparison.Ordinal);
        Assert.Contains("time(9223372036854775807ns, 1ns)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(199, 1)]
    [InlineData(-1, -1)]
    public void Every_value_of_an_instant_is_in_its_tick(long nanoseconds, long ticks) =>
        Assert.Equal(DateTime.UnixEpoch.Ticks + ticks, InfluxLineProtocol.Ticks(nanoseconds));

    private static string Text(string device, long from, long to, long width)
    {
        var point = new Point(new PointNumber(1), "edge-b1", device, Signal.WaterVolume, "b1");
        return InfluxQuery.Text(new OlderQuery(point, from, to, width), "court", 12_000);
    }
}
