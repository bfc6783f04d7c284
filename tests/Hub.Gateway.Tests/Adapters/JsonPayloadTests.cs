using System.Text.Json;
using Hub.Gateway.Adapters;

namespace Hub.Gateway.Tests.Adapters;

public class JsonPayloadTests
{
    [Theory]
    [InlineData("\"2016-12-31T23:59:60Z\"", 1483228799.999)]
    [InlineData("\"2017-01-01T07:59:60+08:00\"", 1483228799.999)]
    [InlineData("\"2016-12-31T23:59:59Z\"", 1483228799)]
    public void A_leap_second_is_the_last_moment_of_its_minute(string json, double unix) =>
        Assert.Equal(unix, JsonPayload.Time(JsonElement.Parse(json))!.Value.ToUnixTimeMilliseconds() / 1000.0);

    [Theory]
    [InlineData("\"2016-12-31T23:58:60Z\"")]
    [InlineData("\"2016-12-31T23:59:60\"")]
    public void No_other_second_is_the_sixtieth(string json) => Assert.Null(JsonPayload.Time(JsonElement.Parse(json)));
}
