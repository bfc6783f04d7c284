using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.WorkOrders;
using Hub.Transport.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.WorkOrders;

public sealed class OrdersApiTests : IAsyncLifetime
{
    private readonly DeskRoom _room = new();
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();

    public OrdersApiTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_room.Desk).AddSingleton<OrderTeller>().AddSingleton<SentAnswers>();
        builder.Services.AddSingleton<TimeProvider>(_room.Time).AddSingleton<ICallers, NamedCallers>();
        builder.Services.AddSingleton<IPremises>(_room.Premises);
        _app = builder.Build();
        _app.MapWorkOrders();
        _app.Urls.Add("http://127.0.0.1:0");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(Cancel);
        _client.BaseAddress = new Uri(_app.Urls.First());
        await _room.Desk.HandleAsync(
            [Some.Leak(Some.T0), Some.Press("p1", Some.T0), Some.Press("p1", Some.T0, "b9-lobby")], new LogPosition(1), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _room.Dispose();
    }

    [Fact]
    public async Task Lists_the_open_orders_page_by_page()
    {
        var first = await GetAsync("/api/v1/orders?limit=2");
        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        var rest = await GetAsync($"/api/v1/orders?limit=2&after={first.GetProperty("next").GetString()}");

        var leak = Assert.Single(rest.GetProperty("items").EnumerateArray());
        Assert.Equal("leak", leak.GetProperty("kind").GetString());
        Assert.Equal("accept", leak.GetProperty("actions")[0].GetString());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Shows_an_order_by_its_number_with_clocks_history_and_evidence()
    {
        var order = await GetAsync("/api/v1/orders/2026-11-0001");

        Assert.Equal("c5", order.GetProperty("clocks")[0].GetProperty("kind").GetString());
        Assert.Equal("2026-11-03T09:05:00+00:00", order.GetProperty("clocks")[0].GetProperty("dueAt").GetString());
        Assert.Equal("raised", order.GetProperty("history")[0].GetProperty("what").GetString());
        Assert.Equal(4, order.GetProperty("evidence").GetProperty("limit").GetDouble());
    }

    [Fact]
    public async Task A_step_answers_with_the_order_after_it()
    {
        using var answer = await PostAsync("1/accept", null, Some.Wang);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var order = (await ReadAsync(answer)).GetProperty("order");
        Assert.Equal("accepted", order.GetProperty("state").GetString());
        Assert.Equal("管家 07", order.GetProperty("acceptedBy").GetProperty("display").GetString());
    }

    [Fact]
    public async Task The_second_who_accepts_gets_409_with_who_and_when()
    {
        using var first = await PostAsync("1/accept", null, Some.Wang);
        using var second = await PostAsync("1/accept", null, Some.Li);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType!.MediaType);
        var problem = await ReadAsync(second);
        Assert.Equal("already-accepted", problem.GetProperty("reason").GetString());
        Assert.Equal("butler-07", problem.GetProperty("by").GetProperty("id").GetString());
        Assert.Equal("2026-11-03T09:00:00+00:00", problem.GetProperty("at").GetString());
    }

    [Fact]
    public async Task The_whole_way_of_an_order_can_be_gone_over_http()
    {
        await OkAsync("2/arrive", null, Some.Wang);
        await OkAsync("2/explain", new { how = "face", toWhom = "the resident", words = "needs a part", newTime = Some.At(200) }, Some.Wang);
        await OkAsync("2/vendor", new { vendor = "Lift works", what = "door drive" }, Some.Wang);
        await OkAsync("2/commit", new { dueAt = Some.At(3000), how = "phone" }, Some.Wang);
        await OkAsync("2/note", new { words = "part ordered" }, Some.Wang);
        await OkAsync("2/resolve", new { cause = "vendor", remark = "new drive" }, Some.Wang);
        await OkAsync("2/reopen", new { reason = "stuck again" }, Some.Chief);
        await OkAsync("2/arrive", null, Some.Wang);
        await OkAsync("2/resolve", new { cause = "vendor" }, Some.Wang);
        var order = await OkAsync("2/followup", new { how = "phone", result = "fine", rating = 5 }, Some.Chief);

        Assert.Equal("closed", order.GetProperty("order").GetProperty("state").GetString());
        Assert.Equal(5, order.GetProperty("rating").GetInt32());
    }

    [Fact]
    public async Task What_is_missing_is_400_and_what_is_unknown_404()
    {
        using var empty = await PostAsync("1/note", new { words = " " }, Some.Wang);
        using var unknown = await PostAsync("77/accept", null, Some.Wang);
        using var stranger = await PostAsync("1/accept", null, null);
        using var resident = await PostAsync("1/accept", null, Some.Resident);

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden],
            new[] { empty, unknown, stranger, resident }.Select(answer => answer.StatusCode));
    }

    [Fact]
    public async Task If_Match_refuses_what_was_decided_on_an_older_version()
    {
        using var shown = await _client.SendAsync(Request(HttpMethod.Get, "/api/v1/orders/1", Some.Wang), Cancel);
        var tag = shown.Headers.ETag!;
        await OkAsync("1/note", new { words = "ringing" }, Some.Li);

        using var late = await PostAsync("1/accept", null, Some.Wang, request => request.Headers.IfMatch.Add(tag));
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);

        using var now = await PostAsync("1/accept", null, Some.Wang, request => request.Headers.IfMatch.Add(late.Headers.ETag!));
        Assert.Equal(HttpStatusCode.OK, now.StatusCode);
    }

    [Fact]
    public async Task What_somebody_asked_for_is_written_down_once_and_told_from_another_matter()
    {
        _room.Premises.Current = Rules.Site.SiteSnapshot.Empty.With(
            new Rules.Site.SiteChange.SpaceDefined(new Rules.Site.Space("u1", Rules.Site.SpaceKind.Unit, "1-101")));
        var complaint = new { space = "u1", kind = "complaint", words = "Noise at night", at = Some.At(-10) };

        using var first = await PostAsync("", complaint, Some.Wang, request => request.Headers.Add("Idempotency-Key", "k"));
        using var again = await PostAsync("", complaint, Some.Wang, request => request.Headers.Add("Idempotency-Key", "k"));
        using var same = await PostAsync("", complaint, Some.Wang);
        using var other = await PostAsync(
            "", new { space = "u1", kind = "complaint", words = "The lift", matter = "lift", appointedFor = Some.At(90) }, Some.Wang);
        using var nowhere = await PostAsync("", new { space = "u9", kind = "complaint", words = "Noise" }, Some.Wang);
        using var summon = await PostAsync("", new { space = "u1", kind = "summon", words = "Noise" }, Some.Wang);
        using var silent = await PostAsync("", new { space = "u1", kind = "repair" }, Some.Wang);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        var order = await ReadAsync(first);
        Assert.Equal("2026-11-04T08:50:00+00:00", order.GetProperty("promisedFor").GetString());
        Assert.Equal("chief", order.GetProperty("order").GetProperty("audience").GetString());
        Assert.Equal("another-is-open", (await ReadAsync(same)).GetProperty("reason").GetString());
        Assert.Equal("2026-11-03T10:30:00+00:00", (await ReadAsync(other)).GetProperty("appointedFor").GetString());
        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.Created, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest],
            new[] { same, other, nowhere, summon, silent }.Select(answer => answer.StatusCode));
    }

    [Fact]
    public async Task A_phone_says_when_it_was_done_and_a_mistake_is_taken_back()
    {
        _room.Time.Advance(TimeSpan.FromMinutes(8));
        using var late = await PostAsync("1/arrive?at=2026-11-03T09:04:30Z", null, Some.Wang);
        Assert.Equal("met", (await ReadAsync(late)).GetProperty("clocks")[0].GetProperty("result").GetString());
        using var unreadable = await PostAsync("1/note?at=noon", new { words = "seen" }, Some.Wang);
        Assert.Equal(HttpStatusCode.BadRequest, unreadable.StatusCode);

        await OkAsync("2/accept", null, Some.Wang);
        var undone = await OkAsync("2/undo", null, Some.Wang);

        Assert.Equal("calling", undone.GetProperty("order").GetProperty("state").GetString());
        var last = undone.GetProperty("history").EnumerateArray().Last(one => one.GetProperty("what").GetString() == "undone");
        Assert.False(last.GetProperty("details").TryGetProperty("before", out _));
        using var longKey = await PostAsync(
            "2/accept", null, Some.Wang, request => request.Headers.Add("Idempotency-Key", new string('k', 201)));
        Assert.Equal(HttpStatusCode.BadRequest, longKey.StatusCode);
    }

    [Fact]
    public async Task A_request_sent_twice_under_one_key_is_done_once()
    {
        for (var i = 0; i < 2; i++)
        {
            using var answer = await PostAsync(
                "1/note", new { words = "ringing" }, Some.Li, request => request.Headers.Add("Idempotency-Key", "k1"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var other = await PostAsync(
            "1/note", new { words = "else" }, Some.Li, request => request.Headers.Add("Idempotency-Key", "k1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Single((await _room.Desk.HistoryAsync(1, Cancel)).OfType<OrderEvent.Noted>());
    }

    [Fact]
    public void Every_step_describes_itself()
    {
        var endpoints = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        foreach (var step in new[]
        {
            "accept", "arrive", "answer", "explain", "vendor", "commit", "resolve", "followup", "reopen", "cancel",
            "override", "note", "merge", "appoint", "undo",
        })
        {
            var endpoint = Assert.Single(endpoints, one => one.RoutePattern.RawText == $"/api/v1/orders/{{id}}/{step}");
            Assert.EndsWith("Order", endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, StringComparison.Ordinal);
            Assert.Contains(409, endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Select(one => one.StatusCode));
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, Actor? by)
    {
        var request = new HttpRequestMessage(method, path);
        if (by is not null)
        {
            request.Headers.Add(NamedCallers.Header, by.Id);
        }

        return request;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _client.SendAsync(Request(HttpMethod.Get, path, Some.Wang), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    private async Task<JsonElement> OkAsync(string step, object? body, Actor by)
    {
        using var answer = await PostAsync(step, body, by);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return await ReadAsync(answer);
    }

    private async Task<HttpResponseMessage> PostAsync(
        string step, object? body, Actor? by, Action<HttpRequestMessage>? more = null)
    {
        using var request = Request(HttpMethod.Post, $"/api/v1/orders{(step.Length > 0 ? "/" : "")}{step}", by);
        request.Content = body is null ? null : JsonContent.Create(body);
        more?.Invoke(request);
        return await _client.SendAsync(request, Cancel);
    }

    private sealed class NamedCallers : ICallers
    {
        public const string Header = "X-Caller";

        private static readonly Actor[] People = [Some.Wang, Some.Li, Some.Chief, Some.Resident];

        public Actor? CallerOf(HttpContext context) =>
            Array.Find(People, person => person.Id == context.Request.Headers[Header]);
    }
}
