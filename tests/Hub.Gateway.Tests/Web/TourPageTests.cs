using System.Net;

namespace Hub.Gateway.Tests.Web;

public class TourPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_opens_with_four_doors_a_building_and_its_simulator()
    {
        await using var hub = await PagesHub.StartAsync();
        using var browser = hub.Browser();

        var page = await browser.GetStringAsync("/", Cancel);

        Assert.Contains("http://127.0.0.1:8090/kiosk", page);
        foreach (var door in new[] { "butler-07", "chief-01", "engineer-02", "quality-01" })
        {
            Assert.Contains($"value=\"{door}\"", page);
        }

        Assert.Contains($"data-space=\"{SampleSite.Leaking}\"", page);
        Assert.Contains("在 3 栋 2 单元 1201 放一处漏水", page);
        Assert.Contains("1,284,310", page);
        Assert.Contains("value=\"f1\"", page);
    }

    [Fact]
    public async Task A_unit_with_an_order_is_said_in_words_and_turns_its_tile()
    {
        await using var hub = await PagesHub.StartAsync();
        using var browser = hub.Browser();
        Assert.Contains("现在一切正常", await browser.GetStringAsync("/tour/living", Cancel));

        await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));

        var page = await browser.GetStringAsync("/tour/living", Cancel);
        Assert.Matches($"class=\"tile soon[^>]*data-space=\"{SampleSite.Leaking}\"", page);
        Assert.Contains("疑似漏水 · 等人接单", page);
        Assert.DoesNotContain("现在一切正常", page);
    }

    [Fact]
    public async Task The_panel_does_what_its_buttons_say()
    {
        await using var hub = await PagesHub.StartAsync();
        using var browser = hub.Browser();

        var answer = await PagesHub.PostAsync(
            browser, "/", "/demo/do", ("action", "leak"), ("argument", SampleSite.Leaking));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(("leak", SampleSite.Leaking), Assert.Single(hub.Demo.Told));
    }

    [Fact]
    public async Task What_the_building_can_not_do_is_said_on_the_page()
    {
        await using var hub = await PagesHub.StartAsync();
        hub.Demo.Refusal = "It leaks already.";
        using var browser = hub.Browser();

        var answer = await PagesHub.PostAsync(browser, "/", "/demo/do", ("action", "leak"), ("argument", "x"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("It leaks already.", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_door_leads_where_the_visitor_wanted_to_go_and_never_out_of_the_house()
    {
        await using var hub = await PagesHub.StartAsync();
        using var browser = hub.Browser();

        var own = await PagesHub.PostAsync(browser, "/?next=%2Fvacant", "/enter", ("door", "butler-07"), ("next", "/vacant"));
        var foreign = await PagesHub.PostAsync(browser, "/", "/enter", ("door", "butler-07"), ("next", "//evil.example"));

        Assert.Equal("/vacant", own.Headers.Location!.OriginalString);
        Assert.Equal("/inbox", foreign.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Without_the_demo_there_are_no_doors_and_whoever_sits_at_the_machine_is_its_chief()
    {
        await using var hub = await PagesHub.StartAsync(isDemo: false);
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var browser = hub.Browser();

        Assert.Equal("/inbox", (await browser.GetAsync("/", Cancel)).Headers.Location!.OriginalString);
        var page = await browser.GetStringAsync("/inbox", Cancel);
        Assert.Contains("大管家", page);
        Assert.DoesNotContain("演示数据", page);
        foreach (var target in new[] { "/enter", "/demo/do" })
        {
            var answer = await PagesHub.PostAsync(browser, "/inbox", target, ("door", "chief-01"), ("action", "press"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_ledger_lists_vacant_units_and_the_open_order_first()
    {
        await using var hub = await PagesHub.StartAsync();
        hub.Flow(PagesHub.T0);
        var order = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var page = await butler.GetStringAsync("/vacant", Cancel);

        Assert.InRange(page.IndexOf("1201", StringComparison.Ordinal), 1, page.IndexOf("1102", StringComparison.Ordinal));
        Assert.Contains($"href=\"/o/{order.Id}\"", page);
        Assert.Contains("m³", page);
        Assert.DoesNotContain("1001", page);
    }

    [Fact]
    public async Task The_hub_says_that_it_lives_and_that_it_is_ready()
    {
        await using var hub = await PagesHub.StartAsync();
        using var browser = hub.Browser();

        Assert.Equal("ok\n", await browser.GetStringAsync("/healthz", Cancel));
        Assert.Equal("ready\n", await browser.GetStringAsync("/readyz", Cancel));
    }

    [Theory]
    [InlineData("hub.css", "text/css")]
    [InlineData("hub.js", "text/javascript")]
    [InlineData("mark.svg", "image/svg+xml")]
    [InlineData("hub.webmanifest", "application/manifest+json")]
    public async Task What_a_page_needs_is_in_the_hub_itself(string name, string type)
    {
        await using var hub = await PagesHub.StartAsync();
        using var browser = hub.Browser();
        var page = await browser.GetStringAsync("/", Cancel);
        var at = page.IndexOf($"/assets/{name}?v=", StringComparison.Ordinal);
        var url = name == "mark.svg" || at >= 0 ? page[at..page.IndexOf('"', at)] : "";

        var answer = await browser.GetAsync(url, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
    }
}
