using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hub.Gateway.Tests.Web;

public class GateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_carries_the_headers_whoever_asks()
    {
        IReadOnlyList<Endpoint> routes = [];
        await using var hub = await PagesHub.StartAsync(map: app =>
            routes = [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)]);
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var chief = await hub.BehindAsync("chief-01");
        using var stranger = hub.Browser();
        Assert.True(routes.Count > 15);

        foreach (var route in routes.OfType<RouteEndpoint>())
        {
            var path = route.RoutePattern.RawText!.Replace("{id:long}", $"{order.Id}").Replace("{**name}", "hub.css");
            var method = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            foreach (var browser in new[] { chief, stranger })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
                AssertGuarded(answer, path);
            }
        }

        foreach (var path in new[] { "/nowhere", "/o/x", "/assets/../secret", "/api/v1/nowhere" })
        {
            using var answer = await stranger.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            AssertGuarded(answer, path);
        }
    }

    [Fact]
    public async Task No_page_has_a_script_or_a_style_of_its_own()
    {
        await using var hub = await PagesHub.StartAsync();
        hub.Flow(PagesHub.T0);
        var order = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));
        using var chief = await hub.BehindAsync("chief-01");
        foreach (var path in new[] { "/", "/inbox", $"/o/{order.Id}", "/vacant", "/building", "/fleet", "/fleet/losses", "/nowhere" })
        {
            var page = await (await chief.GetAsync(path, Cancel)).Content.ReadAsStringAsync(Cancel);
            Assert.DoesNotContain("<style", page);
            Assert.DoesNotContain(" style=\"", page);
            Assert.DoesNotMatch("<script(?![^>]* src=)", page);
            Assert.DoesNotMatch("\\son[a-z]+=\"", page);
            Assert.DoesNotMatch("(?:src|href)=\"(?:https?:)?//(?!127\\.0\\.0\\.1)", page);
        }
    }

    [Fact]
    public async Task A_name_from_the_internet_that_points_here_is_not_answered()
    {
        await using var hub = await PagesHub.StartAsync();
        using var browser = hub.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };

        using var answer = await browser.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_from_another_site_does_nothing_even_with_a_good_token()
    {
        await using var hub = await PagesHub.StartAsync();
        using var browser = hub.Browser();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        var answer = await PagesHub.PostAsync(browser, "/", "/demo/do", ("action", "press"), ("argument", SampleSite.Lobby));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(hub.Demo.Told);
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing_and_says_why()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await butler.PostAsync($"/o/{order.Id}/do",
            new FormUrlEncodedContent([KeyValuePair.Create("action", "Accept")]), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("没有执行", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Null((await hub.Desk.FindAsync(order.Id, Cancel))!.AcceptedBy);
    }

    [Fact]
    public async Task A_form_that_is_too_big_is_not_read()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await PagesHub.PostAsync(butler, $"/o/{order.Id}", $"/o/{order.Id}/do",
            ("action", "Note"), ("words", new string('x', 100_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("/inbox")]
    [InlineData("/inbox/cards")]
    [InlineData("/o/1")]
    [InlineData("/vacant")]
    [InlineData("/building")]
    [InlineData("/fleet")]
    public async Task A_resident_and_a_stranger_do_not_get_in(string path)
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var resident = await hub.BehindAsync("resident");
        using var stranger = hub.Browser();

        var refused = await resident.GetAsync(path, Cancel);
        var sent = await stranger.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("管家", await refused.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal("/?next=" + Uri.EscapeDataString(path), sent.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_resident_can_not_act_on_orders_either()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var resident = await hub.BehindAsync("resident");

        foreach (var target in new[] { "/inbox/accept", $"/o/{order.Id}/do", "/fleet/commission", "/fleet/unit" })
        {
            var answer = await PagesHub.PostAsync(resident, "/", target, ("action", "Accept"), ("order", $"{order.Id}"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Null((await hub.Desk.FindAsync(order.Id, Cancel))!.AcceptedBy);
    }

    [Fact]
    public async Task What_breaks_is_told_with_a_number_and_nothing_else()
    {
        await using var hub = await PagesHub.StartAsync(map: app =>
            app.MapGet("/breaks", string () => throw new InvalidOperationException("secret detail")));
        using var browser = hub.Browser();

        var answer = await browser.GetAsync("/breaks", Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("这一页出错了", page);
        Assert.Matches("<code>[^<]{5,}</code>", page);
        Assert.DoesNotContain("secret", page);
        AssertGuarded(answer, "/breaks");
    }

    [Fact]
    public async Task The_cookie_of_a_role_can_not_be_read_by_scripts_or_sent_by_other_sites()
    {
        await using var hub = await PagesHub.StartAsync();
        using var browser = hub.Browser();

        var answer = await PagesHub.PostAsync(browser, "/", "/enter", ("door", "chief-01"));

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("hub.visitor=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private static void AssertGuarded(HttpResponseMessage answer, string path)
    {
        Assert.True(answer.Headers.TryGetValues("Content-Security-Policy", out var policy), path);
        foreach (var rule in new[] { "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'" })
        {
            Assert.Contains(rule, policy.Single());
        }

        Assert.DoesNotContain("unsafe", policy.Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
    }
}
