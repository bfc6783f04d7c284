using System.Text.RegularExpressions;
using Hub.Gateway.Tests.Web;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Microsoft.Playwright;

namespace Hub.Browser.Tests;

/// <summary>A new order is heard on whatever page of the staff is open, and from one of them alone.</summary>
public partial class RingTests(Chromium chromium)
{
    private const int LooksMax = 600;
    private const int SoftNotes = 2;
    private const int UrgentNotes = 6;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_tab_rings_and_each_says_so_and_the_switch_is_remembered()
    {
        await using var hub = await PagesHub.StartAsync();
        await using var visit = await ListenAsync(hub);
        var other = await visit.Page.Context.NewPageAsync();
        await OpenAsync(visit.Page, "/vacant");
        await OpenAsync(other, "/fleet");

        var call = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));

        foreach (var page in new[] { visit.Page, other })
        {
            await Assertions.Expect(page.Locator(".ring .call")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("[data-ring-said]")).ToContainTextAsync("新单：3 栋 2 单元 大堂");
        }

        var ringing = await HeardAsync(SoftNotes, visit.Page, other);
        var still = ringing == other ? visit.Page : other;
        Assert.Equal(0, await NotesAsync(still));

        // The turn goes on with whoever is left, and what is urgent sounds otherwise.
        await ringing.CloseAsync();
        var leak = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0, OrderPriority.Urgent));
        await HeardAsync(UrgentNotes, still);
        await Assertions.Expect(still.Locator("[data-ring-said]")).ToHaveAttributeAsync("aria-live", "assertive");
        await Assertions.Expect(still.Locator(".ring .call.urgent")).ToBeVisibleAsync();

        await still.Locator("[data-sound]").ClickAsync();
        await OpenAsync(still, "/building", isOn: false);
        await Assertions.Expect(still.Locator("[data-sound]")).ToHaveAttributeAsync("title", "声音已关");
        var wang = new Actor("butler-09", ActorRole.Butler, "管家 09");
        foreach (var order in new[] { call, leak })
        {
            await hub.Desk.DoAsync(order.Id, new OrderCommand.Accept(wang), Cancel);
        }

        await Assertions.Expect(still.Locator(".ring .call")).ToHaveCountAsync(0);
        Assert.Equal(0, await NotesAsync(still));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_browser_that_keeps_nothing_and_shares_nothing_rings_once_all_the_same()
    {
        await using var hub = await PagesHub.StartAsync();
        await using var visit = await ListenAsync(
            hub,
            """
            Object.defineProperty(window, "localStorage", { get() { throw new DOMException("", "SecurityError"); } });
            Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("", "SecurityError"); } });
            Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
            """);
        await OpenAsync(visit.Page, "/vacant");

        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        await HeardAsync(SoftNotes, visit.Page);
        await visit.Page.EvaluateAsync("for (let i = 0; i < 9; i++) dispatchEvent(new Event('hub:heard'))");
        await visit.Page.Locator("[data-sound]").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("[data-sound]")).ToHaveAttributeAsync("title", "声音已关");
        Assert.InRange(await NotesAsync(visit.Page), SoftNotes, 2 * SoftNotes);
        Assert.Empty(visit.Faults);
    }

    /// <summary>A butler whose browser counts the notes that it plays.</summary>
    private async Task<Visit> ListenAsync(PagesHub hub, string more = "")
    {
        var visit = await chromium.VisitAsync(hub.Url);
        await visit.Page.Context.AddInitScriptAsync(more +
            """
            window.notes = 0;
            const start = OscillatorNode.prototype.start;
            OscillatorNode.prototype.start = function (at) { window.notes++; return start.call(this, at); };
            """);
        await visit.EnterAsync("butler-07");
        return visit;
    }

    /// <summary>A page may speak after the first click on it.</summary>
    private static async Task OpenAsync(IPage page, string path, bool isOn = true)
    {
        await page.GotoAsync(path);
        await Assertions.Expect(page.Locator(".fresh.live")).ToBeVisibleAsync();
        await page.Locator("h1").ClickAsync();
        var sound = Assertions.Expect(page.Locator("[data-sound]"));
        await (isOn ? sound.Not : sound).ToHaveClassAsync(Mute());
    }

    private static Task<int> NotesAsync(IPage page) => page.EvaluateAsync<int>("window.notes");

    /// <summary>The page that has played so many notes.</summary>
    private static async Task<IPage> HeardAsync(int notes, params IPage[] pages)
    {
        for (var look = 0; look < LooksMax; look++)
        {
            foreach (var page in pages)
            {
                if (await NotesAsync(page) >= notes)
                {
                    return page;
                }
            }

            await Task.Delay(LookEvery, Cancel);
        }

        throw new InvalidOperationException("Every page is silent.");
    }

    [GeneratedRegex(@"\bmute\b")]
    private static partial Regex Mute();
}
