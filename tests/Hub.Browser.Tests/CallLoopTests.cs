using Microsoft.Playwright;

namespace Hub.Browser.Tests;

/// <summary>The promise itself: a press in the lobby, a card at the butler's, and the kiosk says who comes.</summary>
public class CallLoopTests(Chromium chromium)
{
    [Fact]
    public async Task A_press_on_the_kiosk_reaches_the_butler_and_the_answer_reaches_the_kiosk()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var butler = await chromium.VisitAsync(demo.Hub);
        await using var resident = await chromium.VisitAsync(demo.Kiosk, width: 1080, height: 1920);
        await butler.EnterAsync("butler-07");
        await butler.GoAsync("/inbox?tab=all");
        await Assertions.Expect(butler.Page.Locator(".fresh.live")).ToBeVisibleAsync();
        await butler.Page.EvaluateAsync("window.stillHere = true");
        var shown = resident.Page.WaitForResponseAsync("**/kiosk/beat");
        await resident.GoAsync("/kiosk");
        await Face(resident, "Home");
        Assert.Equal(204, (await shown).Status);
        await resident.ShootAsync("kiosk-home");

        await resident.Page.Locator("#controls button").First.ClickAsync();

        var card = butler.Page.Locator(".card:has([data-accept]):has(.what)").Last;
        await Assertions.Expect(butler.Page.Locator("[data-accept] button").First).ToBeVisibleAsync();
        Assert.True(await butler.Page.EvaluateAsync<bool>("window.stillHere"));
        await card.Locator("[data-accept] button").ClickAsync();
        await Assertions.Expect(butler.Page.Locator(".card .person").First).ToHaveTextAsync("王芳");
        await Face(resident, "Acknowledged");
        await resident.ShootAsync("kiosk-acknowledged");

        await butler.Page.Locator(".card:has(.person) a.place").First.ClickAsync();
        await butler.Page.Locator("button[data-focus=Arrive]").ClickAsync();
        await Assertions.Expect(butler.Page.Locator(".state")).ToContainTextAsync("已到位");
        await Face(resident, "Arrived");
        Assert.Empty(butler.Faults);
    }

    private static Task Face(Visit kiosk, string face) => Assertions.Expect(kiosk.Page.Locator("body"))
        .ToHaveAttributeAsync("data-face", face, new LocatorAssertionsToHaveAttributeOptions { Timeout = 30_000 });
}
