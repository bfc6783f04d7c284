using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Hub.Browser.Tests;

/// <summary>The other promise: nobody calls, and still somebody comes, because the meter of an empty flat says so.</summary>
public partial class LeakTests(Chromium chromium)
{
    private const string EmptyFlat = "b3-e2-1201";

    [Fact]
    public async Task A_leak_in_an_empty_flat_becomes_an_order_by_itself_with_its_sentence_and_its_chart()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var visitor = await chromium.VisitAsync(demo.Hub, width: 1280, height: 900);
        await visitor.GoAsync("/");
        await visitor.ShootAsync("tour");
        await visitor.Page.Locator($"form:has(input[value=\"leak\"]):has(input[value=\"{EmptyFlat}\"]) button").ClickAsync();
        await visitor.EnterAsync("butler-07");
        await visitor.GoAsync("/inbox?tab=all");

        var place = visitor.Page.Locator(".card a.place").Filter(new() { HasTextRegex = Flat() });
        await Assertions.Expect(place).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await visitor.ShootAsync("inbox-leak");
        await place.ClickAsync();

        await Assertions.Expect(visitor.Page.Locator(".sentence")).ToContainTextAsync("1201");
        await Assertions.Expect(visitor.Page.Locator("svg[role=img]").First).ToBeVisibleAsync();
        Assert.True(await visitor.Page.Locator("svg[role=img] path").CountAsync() > 0, "The chart shows no values.");
        await visitor.ShootAsync("order-leak");
        Assert.Empty(visitor.Faults);
    }

    [GeneratedRegex("1201")]
    private static partial Regex Flat();
}
