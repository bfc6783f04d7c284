using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.Inspections;
using Hub.Gateway.Tests.Units;
using Hub.Gateway.Tests.Web;

namespace Hub.Gateway.Tests.Inspections;

/// <summary>Who supervises: sees the work, looks again, and does none of it.</summary>
public sealed class QualityTests(QualityTests.DoorsHub hub) : IClassFixture<QualityTests.DoorsHub>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quality_reads_what_the_staff_does_and_is_called_to_nothing()
    {
        using var butler = await hub.BehindAsync("butler-07");
        using var quality = await hub.BehindAsync("quality-01");
        var raised = await ReadAsync(await butler.PostAsJsonAsync(
            "/api/v1/orders", new { space = "b1-e1-0302", kind = "request", words = "A key is lost." }, Cancel));
        var order = raised.GetProperty("order").GetProperty("id").GetInt64();

        foreach (var path in new[] { "/inbox", $"/o/{order}", "/rounds", "/reports", "/api/v1/orders", "/api/v1/reports/sla" })
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await quality.GetAsync(path, Cancel)).StatusCode));
        }

        Assert.DoesNotContain("data-ring", await quality.GetStringAsync("/inbox", Cancel));
        Assert.Contains("data-call", await butler.GetStringAsync("/inbox/ring", Cancel));
        Assert.DoesNotContain("data-accept", await quality.GetStringAsync("/inbox/cards?tab=all", Cancel));
        foreach (var path in new[] { "/vacant", "/fleet", "/inbox/new", "/inbox/ring", "/building" })
        {
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await quality.GetAsync(path, Cancel)).StatusCode));
        }

        using var begin = await quality.PostAsync("/api/v1/rounds", null, Cancel);
        using var accept = await quality.PostAsync($"/api/v1/orders/{order}/accept", null, Cancel);
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], new[] { begin.StatusCode, accept.StatusCode });
    }

    [Fact]
    public async Task Quality_samples_an_inspection_and_looks_again_at_what_was_resolved()
    {
        using var butler = await hub.BehindAsync("butler-07");
        using var quality = await hub.BehindAsync("quality-01");
        var round = (await ReadAsync(await butler.PostAsync("/api/v1/rounds", null, Cancel)))
            .GetProperty("round").GetProperty("id").GetString()!;
        var report = InspectionReports.Of(
            round, "b1-e1-0301", hub.Time.GetUtcNow(), new CheckAnswer("doors", Checklist.Fail, "repair", "It jams."));
        var taken = await ReadAsync(await butler.PutAsJsonAsync("/api/v1/inspections/q-1", report, Cancel));
        var finding = taken.GetProperty("findings")[0];
        var order = finding.GetProperty("order").GetInt64();
        await ReadAsync(await butler.PostAsync($"/api/v1/orders/{order}/arrive", null, Cancel));
        await ReadAsync(await butler.PostAsJsonAsync($"/api/v1/orders/{order}/resolve", new { cause = "repair" }, Cancel));
        var verdict = new { good = true, words = "smooth" };

        using var own = await butler.PostAsJsonAsync("/api/v1/inspections/q-1/sample", verdict, Cancel);
        var sampled = await ReadAsync(await quality.PostAsJsonAsync("/api/v1/inspections/q-1/sample", verdict, Cancel));
        var seen = await PagesHub.PostAsync(
            quality, "/rounds", "/rounds/verdict", ("finding", $"{finding.GetProperty("id")}"), ("verdict", "bad"), ("words", "It still jams."));
        var findings = await ReadAsync(await quality.GetAsync("/api/v1/findings", Cancel));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.SeeOther), (own.StatusCode, seen.StatusCode));
        Assert.Equal("quality-01", sampled.GetProperty("sample").GetProperty("by").GetString());
        var recheck = Assert.Single(findings.EnumerateArray()).GetProperty("rechecks")[0];
        Assert.Equal("quality-01", recheck.GetProperty("by").GetString());
        using var early = await quality.PostAsJsonAsync(
            $"/api/v1/findings/{finding.GetProperty("id")}/recheck", verdict, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A whole hub that people enter by the demo's doors.</summary>
    public sealed class DoorsHub : WholeHub
    {
        private protected override bool IsDemo => true;

        public async Task<HttpClient> BehindAsync(string door)
        {
            var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
            var browser = new HttpClient(handler) { BaseAddress = Client.BaseAddress };
            using var entered = await PagesHub.PostAsync(browser, "/", "/enter", ("door", door));
            Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
            return browser;
        }
    }
}
