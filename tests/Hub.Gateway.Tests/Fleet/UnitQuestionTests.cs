using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hub.Gateway.Site;
using Hub.Gateway.Tests.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Fleet;

/// <summary>A meter that comes in another unit: asked about, answered, and what waited follows.</summary>
public sealed class UnitQuestionTests : IAsyncLifetime
{
    private const int LooksMax = 500;

    private const string Yaml = """
        site: { id: court, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: b1, kind: unit, name: "301" }
        edges:
          - id: edge-b1
            devices:
              - { id: w-1, space: b1, points: [ { signal: water.volume, serial: OLD } ] }
        """;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    private HubRoom _room = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SiteBook Site => _room.Get<SiteBook>();

    private Point Point => Site.Current.Find(new PointId("edge-b1/w-1/water.volume"))!;

    public async ValueTask InitializeAsync()
    {
        _room = await HubRoom.StartAsync(Yaml, Cancel);
        await Site.ResolveAsync("edge-b1", "w-1", Signal.WaterVolume, new SentUnit("m3"), Cancel);
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task The_same_meter_in_another_unit_is_converted_from_here_on_and_what_waited_is_released_once()
    {
        await SetAsideAsync(minute: 1, 12_034);
        await SetAsideAsync(minute: 2, 12_040);
        var asked = await UntilAskedAsync(readings: 2);
        Assert.Equal(
            ["m3", "L", "12034", "12040"],
            new[] { "unitBefore", "unit", "first", "last" }.Select(field => asked.GetProperty(field).ToString()));

        await _room.RestartAsync(Cancel);
        await UntilAskedAsync(readings: 2);
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(new { answer = "other-unit" }));

        // One that came while the answer was on its way.
        await SetAsideAsync(minute: 3, 12_041);
        await UntilReadAsync(12.034, 12.04, 12.041);
        Assert.Equal(0, (await QuestionsAsync()).GetArrayLength());

        await _room.RestartAsync(Cancel);
        Assert.Equal(new SentUnit("L", 1e-3), Point.Sent);
        await UntilReadAsync(12.034, 12.04, 12.041);
        Assert.Equal(HttpStatusCode.NotFound, await AnswerAsync(new { answer = "other-unit" }));
    }

    [Fact]
    public async Task A_new_meter_needs_both_registers_and_is_an_exchange_that_a_restart_with_the_old_file_keeps()
    {
        await SetAsideAsync(minute: 1, 3);
        await UntilAskedAsync(readings: 1);

        Assert.Equal(HttpStatusCode.BadRequest, await AnswerAsync(new { answer = "new-meter", finalRegister = 12.5 }));
        Assert.Equal(
            HttpStatusCode.OK,
            await AnswerAsync(new { answer = "new-meter", finalRegister = 12.5, startRegister = 0.002, serial = "NEW" }));
        await UntilReadAsync(0.003);

        await _room.RestartAsync(Cancel);
        Assert.Equal(("NEW", new SentUnit("L", 1e-3)), (Point.Meter!.Serial, Point.Sent));
    }

    [Fact]
    public async Task A_mistake_is_asked_about_no_more_and_stays_set_aside()
    {
        await SetAsideAsync(minute: 1, 12_034);
        await UntilAskedAsync(readings: 1);

        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(new { answer = "mistake" }));

        for (var looks = 0; (await QuestionsAsync()).GetArrayLength() > 0; looks++)
        {
            Assert.True(looks < LooksMax, "It is still asked about.");
            await Task.Delay(20, Cancel);
        }

        Assert.Equal(("m3", "L"), (Point.Sent!.Unit, Point.RefusedUnit));
        Assert.Equal(1, (await _room.GetAsync("api/v1/set-aside", Cancel)).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("imp", "other-unit", null, "factor")]
    [InlineData("imp", "other-unit", -1.0, "factor")]
    [InlineData("L", "both", null, "answer")]
    public async Task An_answer_that_says_too_little_is_refused_with_what_is_missing(
        string unit, string answer, double? factor, string field)
    {
        await SetAsideAsync(minute: 1, 5, unit);
        await UntilAskedAsync(readings: 1);

        using var refused = await _room.Http.PostAsJsonAsync(Path(), new { answer, factor }, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(field, (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("field").GetString());
    }

    private string Path() => $"api/v1/points/{Point.Number}/unit";

    private async Task<HttpStatusCode> AnswerAsync(object body)
    {
        using var answer = await _room.Http.PostAsJsonAsync(Path(), body, Cancel);
        return answer.StatusCode;
    }

    private async Task SetAsideAsync(int minute, double sent, string unit = "L") => await _room.AppendAsync(
        new Entry.SetAside(
            "edge-b1", "hub/1/edge-b1/readings", SetAsideKind.OtherUnit, "another unit", Start.AddMinutes(minute),
            Encoding.UTF8.GetBytes(FormattableString.Invariant(
                $$"""[{"n":"w-1/water.volume","u":"{{unit}}","v":{{sent}},"bt":{{Start.AddMinutes(minute).ToUnixTimeSeconds()}}}]"""))),
        Cancel);

    private async Task<JsonElement> QuestionsAsync() =>
        (await _room.GetAsync("api/v1/devices", Cancel)).GetProperty("questions");

    private async Task<JsonElement> UntilAskedAsync(int readings)
    {
        for (var looks = 0; ; looks++)
        {
            Assert.True(looks < LooksMax, "It was not asked about.");
            var questions = await QuestionsAsync();
            if (questions.GetArrayLength() == 1 && questions[0].GetProperty("readings").GetInt32() == readings)
            {
                return questions[0];
            }

            await Task.Delay(20, Cancel);
        }
    }

    private async Task UntilReadAsync(params double[] values)
    {
        for (var looks = 0; ; looks++)
        {
            Assert.True(looks < LooksMax, "What waited was not released.");
            var (_, body) = await _room.AskAsync("api/v1/readings?device=edge-b1/w-1&signal=water.volume", Cancel);
            double[] read = [.. body.GetProperty("items").EnumerateArray().Select(item => Math.Round(item.GetProperty("value").GetDouble(), 9))];
            Assert.True(read.Length <= values.Length, body.GetRawText());
            if (read.SequenceEqual(values))
            {
                return;
            }

            await Task.Delay(20, Cancel);
        }
    }
}
