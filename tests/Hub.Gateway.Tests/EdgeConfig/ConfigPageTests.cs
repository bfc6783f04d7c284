using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.EdgeConfig;
using Hub.Gateway.Ingest;
using Hub.Gateway.Tests.Inspections;
using Hub.Transport.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.EdgeConfig;

/// <summary>Who may send a configuration over the API, and what the page of devices shows of it.</summary>
public sealed class ConfigPageTests(QualityTests.DoorsHub hub) : IClassFixture<QualityTests.DoorsHub>
{
    private const string Path = "/api/v1/devices/edge-b1/config";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_engineer_sends_one_a_butler_may_not_and_the_page_shows_both_versions_and_the_faults()
    {
        using var butler = await hub.BehindAsync("butler-07");
        using var engineer = await hub.BehindAsync("engineer-02");
        using var forbidden = await butler.PutAsync(Path, Json("8"), Cancel);
        using var unseen = await butler.DeleteAsync(Path, Cancel);
        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], new[] { forbidden.StatusCode, unseen.StatusCode });

        using var sent = await engineer.PutAsync(Path, Json("8"), Cancel);
        var answer = await sent.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(
            ("away", "8", "engineer-02"),
            (Text(answer, "state"), Text(answer, "wanted"), Text(answer, "by")));
        using var shown = await engineer.GetAsync(Path, Cancel);
        Assert.Equal("\"edge-b1-1\"", shown.Headers.ETag!.Tag);

        var book = hub.Services.GetRequiredService<ConfigBook>();
        book.OnStatus(new EdgeStatus(
            "edge-b1", true, hub.Time.GetUtcNow(), new EdgeStatusMessage(EdgeState.Online, Config: "7")));
        book.OnAnswer(new EdgeAnswer("edge-b1", "config:8", false, "config:1: no such <line>", hub.Time.GetUtcNow()));
        var page = WebUtility.HtmlDecode(await butler.GetStringAsync("/fleet?lang=en", Cancel));
        Assert.Contains("refused", page);
        Assert.Contains("8 wanted since", page);
        Assert.Contains("by engineer-02", page);
        Assert.Contains("runs with 7 since ", page);
        Assert.Contains("config:1: no such <line>", page);
        var devices = await engineer.GetFromJsonAsync<JsonElement>("/api/v1/devices", Cancel);
        var edge = devices.GetProperty("items").EnumerateArray().Single(one => Text(one, "id") == "edge-b1");
        Assert.Equal("refused", Text(edge.GetProperty("config"), "state"));
    }

    [Fact]
    public async Task What_was_decided_on_an_older_one_or_is_no_edge_or_too_long_is_refused()
    {
        using var engineer = await hub.BehindAsync("engineer-02");
        const string Other = "/api/v1/devices/edge-b2/config";
        using var first = await engineer.PutAsync(Other, Json("1"), Cancel);
        using var again = await engineer.PutAsync(Other, Json("1"), Cancel);
        Assert.Equal(("\"edge-b2-1\"", "\"edge-b2-1\""), (first.Headers.ETag!.Tag, again.Headers.ETag!.Tag));

        using var late = new HttpRequestMessage(HttpMethod.Put, Other) { Content = Json("2") };
        late.Headers.Add("If-Match", "\"edge-b2-0\"");
        using var stale = await engineer.SendAsync(late, Cancel);
        using var nowhere = await engineer.PutAsync("/api/v1/devices/a+b/config", Json("1"), Cancel);
        using var hubItself = await engineer.PutAsync("/api/v1/devices/hub/config", Json("1"), Cancel);
        using var patient = await engineer.PutAsync($"{Other}?wait=31", Json("2"), Cancel);
        using var endless = await engineer.PutAsync(
            Other, new ByteArrayContent(new byte[new EdgeConfigOptions().ConfigBytesMax + 1]), Cancel);

        Assert.Equal(
            [
                HttpStatusCode.PreconditionFailed, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest,
                HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity,
            ],
            new[] { stale, nowhere, hubItself, patient, endless }.Select(answer => answer.StatusCode));
        Assert.Equal("1", Text(await engineer.GetFromJsonAsync<JsonElement>(Other, Cancel), "wanted"));
    }

    private static string? Text(JsonElement from, string name) => from.GetProperty(name).GetString();

    private static StringContent Json(string version) =>
        new($$"""{"version":"{{version}}"}""", System.Text.Encoding.UTF8, "application/json");
}
