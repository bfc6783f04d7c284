using System.Text;
using Hub.Gateway.Series;

namespace Hub.Gateway.Tests.Series;

public class ReadingsQueryTests
{
    [Fact]
    public void Without_times_and_a_limit_it_is_the_first_thousand()
    {
        var (query, fault) = ReadingsQuery.Read("d", "s", null, null, null, null);

        Assert.Null(fault);
        Assert.Equal((DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1_000), (query!.From, query.To, query.Limit));
    }

    [Theory]
    [InlineData("2026-11-21T08:00:00Z")]
    [InlineData("2026-11-21t08:00:00z")]
    [InlineData("2026-11-21T16:00:00+08:00")]
    [InlineData("2026-11-21T16:00:00 08:00")]
    [InlineData("2026-11-21T04:00:00.0-04:00")]
    public void Any_offset_is_understood_even_with_its_plus_lost_on_the_way(string text)
    {
        Assert.True(Rfc3339.TryParse(text, out var at));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero), at);
    }

    [Theory]
    [InlineData("", "s", null, null, null, "device")]
    [InlineData("d", null, null, null, null, "signal")]
    [InlineData("d", "s", "2026-11-21", null, null, "from")]
    [InlineData("d", "s", "2026-11-21T08:00:00", null, null, "from")]
    [InlineData("d", "s", "yesterday", null, null, "from")]
    [InlineData("d", "s", null, "1763712000", null, "to")]
    [InlineData("d", "s", "2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z", null, "to")]
    [InlineData("d", "s", null, null, "0", "limit")]
    [InlineData("d", "s", null, null, "100001", "limit")]
    [InlineData("d", "s", null, null, "many", "limit")]
    public void What_is_wrong_is_named(string? device, string? signal, string? from, string? to, string? limit, string field)
    {
        var (query, fault) = ReadingsQuery.Read(device, signal, from, to, limit, null);

        Assert.Null(query);
        Assert.Equal(field, fault!.Field);
        Assert.NotEmpty(fault.Cure);
    }

    [Theory]
    [InlineData("x")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData("-1.1")]
    [InlineData("99999999999999999999.1")]
    public void A_token_that_no_page_gave_is_refused(string after) =>
        Assert.Equal("after", ReadingsQuery.Read("d", "s", null, null, null, after).Fault!.Field);

    [Theory]
    [InlineData(0, "2026-01-05T08:00:00Z")]
    [InlineData(1, "2026-01-05T08:00:00.0000001Z")]
    [InlineData(2_500_000, "2026-01-05T08:00:00.25Z")]
    public void A_time_is_written_with_all_the_fraction_it_has(long ticks, string text)
    {
        var bytes = new byte[Rfc3339.BytesMax];

        Assert.Equal(text, Encoding.UTF8.GetString(bytes, 0, Rfc3339.Write(Some.Morning.UtcTicks + ticks, bytes)));
        Assert.True(Rfc3339.TryParse(text, out var back));
        Assert.Equal(Some.Morning.UtcTicks + ticks, back.UtcTicks);
    }
}
