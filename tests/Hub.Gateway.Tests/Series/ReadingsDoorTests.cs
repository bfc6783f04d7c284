using System.Net;
using Hub.Gateway.Site;
using Hub.Rules.Readings;

namespace Hub.Gateway.Tests.Series;

public sealed class ReadingsDoorTests : IAsyncLifetime
{
    private const string Yaml = HubRoom.OneMeter + """

              - { id: w-2, space: b1, every: 60 s, points: [ { signal: water.volume } ] }
        """;

    private HubRoom _room = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _room = await HubRoom.StartAsync(Yaml, Cancel);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_reading_is_in_the_answer_as_soon_as_it_was_acknowledged()
    {
        for (var i = 0; i < 20; i++)
        {
            await AppendAsync(Some.Morning.AddMinutes(i), i + 0.125);

            var answer = await _room.GetAsync(
                "api/v1/readings?device=w-1&signal=water.volume&limit=100000", Cancel);

            Assert.Equal(i + 1, answer.GetProperty("items").GetArrayLength());
            Assert.Equal(i + 0.125, answer.GetProperty("items")[i].GetProperty("value").GetDouble());
        }
    }

    [Fact]
    public async Task An_answer_names_its_point_and_unit_and_goes_on_in_pages()
    {
        await AppendAsync(Some.Morning, 1.5);
        await AppendAsync(Some.Morning, 2.5);
        await AppendAsync(Some.Morning.AddTicks(1), 3.5);

        const string path = "api/v1/readings?device=edge-b1/w-1&signal=water.volume&limit=2&from=2026-01-05T08:00:00Z";
        var first = await _room.GetAsync(path, Cancel);
        var second = await _room.GetAsync($"{path}&after={first.GetProperty("next").GetString()}", Cancel);

        Assert.Equal(
            """{"device":"edge-b1/w-1","signal":"water.volume","unit":"m3","items":["""
            + """{"time":"2026-01-05T08:00:00Z","value":1.5},{"time":"2026-01-05T08:00:00Z","value":2.5}],"""
            + $"\"next\":\"{Some.Morning.UtcTicks}.2\"}}",
            first.GetRawText());
        Assert.Equal(
            """[{"time":"2026-01-05T08:00:00.0000001Z","value":3.5}]""", second.GetProperty("items").GetRawText());
        Assert.Null(second.GetProperty("next").GetString());
    }

    [Theory]
    [InlineData("device=edge-b1&signal=water.volume", HttpStatusCode.BadRequest, "edge-b1/w-1, edge-b1/w-2")]
    [InlineData("device=w-1&signal=water.volume&limit=0", HttpStatusCode.BadRequest, "100000")]
    [InlineData("device=w-1&signal=water.volume&from=now", HttpStatusCode.BadRequest, "RFC 3339")]
    [InlineData("device=w-9&signal=water.volume", HttpStatusCode.NotFound, "w-9")]
    [InlineData("signal=water.volume", HttpStatusCode.BadRequest, "device")]
    public async Task What_can_not_be_answered_says_why_and_what_to_do(string query, HttpStatusCode status, string says)
    {
        var (answered, body) = await _room.AskAsync($"api/v1/readings?{query}", Cancel);

        Assert.Equal(status, answered);
        Assert.Contains(says, body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((int)status, body.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_chart_has_its_rate_and_its_gaps()
    {
        await AppendAsync(Some.Morning, 1);
        await AppendAsync(Some.Morning.AddMinutes(30), 1.5);

        var chart = await _room.GetAsync(
            "api/v1/chart?device=w-1&signal=water.volume&buckets=2&from=2026-01-05T08:00:00Z&to=2026-01-05T10:00:00Z",
            Cancel);

        Assert.Equal("l/h", chart.GetProperty("rateUnit").GetString());
        Assert.Equal(1_000, chart.GetProperty("items")[0].GetProperty("rate").GetDouble(), 6);
        Assert.Equal(0, chart.GetProperty("items")[1].GetProperty("count").GetInt32());
        Assert.Equal(2, (await _room.GetAsync("api/v1/points", Cancel)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task An_export_has_every_reading_as_csv_or_as_lines()
    {
        await AppendAsync(Some.Morning, 1.5);
        await AppendAsync(Some.Morning, 2.5);
        await AppendAsync(Some.Morning.AddTicks(1), 0.1);

        var csv = await _room.Http.GetStringAsync("api/v1/export", Cancel);
        var lines = await _room.Http.GetStringAsync(
            "api/v1/export?format=lines&device=w-1&signal=water.volume&from=2026-01-05T08:00:00Z", Cancel);
        var (status, problem) = await _room.AskAsync("api/v1/export?format=xml", Cancel);

        Assert.Equal(
            """
            time,device,signal,value,unit,quality
            2026-01-05T08:00:00Z,edge-b1/w-1,water.volume,1.5,m3,good
            2026-01-05T08:00:00Z,edge-b1/w-1,water.volume,2.5,m3,good
            2026-01-05T08:00:00.0000001Z,edge-b1/w-1,water.volume,0.1,m3,good

            """,
            csv);
        const string Series = "reading,device=edge-b1/w-1,signal=water.volume,site=court,space=b1 value=";
        Assert.Equal(
            $"{Series}1.5 1767600000000000000\n{Series}2.5 1767600000000000001\n{Series}0.1 1767600000000000100\n",
            lines);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("csv or lines", problem.GetRawText(), StringComparison.Ordinal);
    }

    private async Task AppendAsync(DateTimeOffset at, double value)
    {
        var point = _room.Get<SiteBook>().Current.Find(new PointId("edge-b1/w-1/water.volume"))!;
        await _room.AppendAsync(Some.Pack(new Reading(point.Number, at.UtcTicks, value)), Cancel);
    }
}
