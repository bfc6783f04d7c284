using Hub.Gateway.Tests.Web;
using Hub.Gateway.WorkOrders;
using Microsoft.Playwright;

namespace Hub.Browser.Tests;

/// <summary>The pages as a person sees them, in a real browser.</summary>
public class PagesBrowserTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_call_appears_without_reloading_and_is_accepted_in_place()
    {
        await using var hub = await PagesHub.StartAsync();
        await using var visit = await chromium.VisitAsync(hub.Url);
        await visit.EnterAsync("butler-07");
        await Assertions.Expect(visit.Page.Locator(".fresh.live")).ToBeVisibleAsync();
        await visit.Page.EvaluateAsync("window.stillHere = true");

        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));

        var card = visit.Page.Locator($"[data-key='{order.Id}']");
        await Assertions.Expect(card).ToBeVisibleAsync();
        await card.Locator("button").ClickAsync();
        await Assertions.Expect(card.Locator(".person")).ToHaveTextAsync("管家 07");
        Assert.Equal("butler-07", (await hub.Desk.FindAsync(order.Id, Cancel))!.AcceptedBy!.Id);
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.stillHere"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task The_second_to_accept_is_told_who_was_first()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        await using var visit = await chromium.VisitAsync(hub.Url, script: false);
        await visit.EnterAsync("chief-01");
        var wang = new Actor("butler-07", ActorRole.Butler, "管家 07");
        await hub.Desk.DoAsync(order.Id, new OrderCommand.Accept(wang), Cancel);
        hub.Time.Advance(TimeSpan.FromSeconds(12));

        await visit.Page.Locator("[data-accept] button").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("[role=alert]")).ToContainTextAsync("已被 管家 07 在 12 秒前接单");
    }

    [Fact]
    public async Task The_desk_works_by_keys_alone_and_they_can_be_switched_off()
    {
        await using var hub = await PagesHub.StartAsync();
        var first = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        var second = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0.AddSeconds(30)));
        await using var visit = await chromium.VisitAsync(hub.Url);
        await visit.EnterAsync("chief-01");

        await visit.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(visit.Page.Locator(".chosen")).ToHaveAttributeAsync("data-key", $"{first.Id}");
        await visit.Page.Keyboard.PressAsync("j");
        await visit.Page.Keyboard.PressAsync("1");
        await Assertions.Expect(visit.Page.Locator($"[data-key='{second.Id}'] .person")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(visit.Page.Locator("dialog")).ToBeVisibleAsync();
        await visit.Page.Locator("[data-keys]").UncheckAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(visit.Page.Locator("dialog")).Not.ToBeVisibleAsync();
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_clock_ticks_at_the_buildings_speed_and_turns_red_when_it_is_late()
    {
        await using var hub = await PagesHub.StartAsync();
        hub.Demo.State = hub.Demo.State with { Speed = 600 };
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        await using var visit = await chromium.VisitAsync(hub.Url);
        await visit.EnterAsync("butler-07");

        // Five minutes at ×600 are half a second, although the hub's own clock stands still in this test.
        await Assertions.Expect(visit.Page.Locator(".card .chip.late")).ToContainTextAsync("超时");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task An_open_order_follows_what_others_do_and_leaves_typed_words_alone()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        var wang = new Actor("butler-07", ActorRole.Butler, "管家 07");
        await hub.Desk.DoAsync(order.Id, new OrderCommand.Accept(wang), Cancel);
        await using var visit = await chromium.VisitAsync(hub.Url);
        await visit.EnterAsync("butler-07");
        await visit.GoAsync($"/o/{order.Id}");
        await Assertions.Expect(visit.Page.Locator(".fresh.live")).ToBeVisibleAsync();
        await visit.Page.Locator("[data-step=Explain] summary").ClickAsync();
        await visit.Page.Locator("#Explain-words").FillAsync("half a sentence");

        await hub.Desk.DoAsync(order.Id, new OrderCommand.Arrive(wang), Cancel);

        await Assertions.Expect(visit.Page.Locator(".state")).ToContainTextAsync("已到位");
        await Assertions.Expect(visit.Page.Locator(".history")).ToContainTextAsync("到位");
        await Assertions.Expect(visit.Page.Locator("[data-toast]")).ToContainTextAsync("您写的内容还在");
        await Assertions.Expect(visit.Page.Locator("#Explain-words")).ToHaveValueAsync("half a sentence");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task The_chart_says_what_is_under_the_pointer()
    {
        await using var hub = await PagesHub.StartAsync();
        hub.Flow(PagesHub.T0);
        var order = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));
        await using var visit = await chromium.VisitAsync(hub.Url);
        await visit.EnterAsync("butler-07");
        await visit.GoAsync($"/o/{order.Id}");

        // The page draws its charts once more when it goes live: what the pointer had found would be gone.
        await Assertions.Expect(visit.Page.Locator("[data-live$='/chart'][data-html]")).ToBeVisibleAsync();
        await visit.Page.Locator("svg[role=img]").First.HoverAsync();

        await Assertions.Expect(visit.Page.Locator("[data-readout-words]").First).ToContainTextAsync("l/h");
        Assert.Empty(visit.Faults);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/inbox?tab=all")]
    [InlineData("/o/2")]
    [InlineData("/vacant")]
    [InlineData("/fleet")]
    [InlineData("/building")]
    public async Task Nothing_hangs_over_the_edge_of_a_small_phone_in_any_language(string path)
    {
        await using var hub = await PagesHub.StartAsync();
        await NightAsync(hub);
        await using var visit = await chromium.VisitAsync(hub.Url, width: 320, height: 640);
        await visit.EnterAsync("chief-01");
        foreach (var language in Gateway.Words.Texts.Languages)
        {
            await visit.GoAsync($"{path}{(path.Contains('?') ? '&' : '?')}lang={language}");
            var over = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            Assert.True(over <= 0, $"{path} {language}: {over} px too wide");
            var small = await visit.Page.EvaluateAsync<string[]>(
                """
                [...document.querySelectorAll("button, .rail a, .tabs a, summary, input:not([type=hidden], [type=radio])")]
                  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
                  .map(one => one.outerHTML.slice(0, 90))
                """);
            Assert.Empty(small);
        }

        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Every_look_can_be_seen()
    {
        await using var hub = await PagesHub.StartAsync();
        await NightAsync(hub);
        var looks = new[]
        {
            ("phone-light", 390, ColorScheme.Light), ("desk-dark", 1280, ColorScheme.Dark),
            ("phone-dark", 390, ColorScheme.Dark), ("desk-light", 1280, ColorScheme.Light),
        };

        // Both widths and both schemes are in the first two; pictures are wanted of all four.
        foreach (var (name, width, scheme) in looks.Take(Visit.IsShooting ? 4 : 2))
        {
            await using var visit = await chromium.VisitAsync(hub.Url, width, scheme: scheme);
            await visit.GoAsync("/");
            await visit.ShootAsync($"tour-{name}");
            await visit.EnterAsync("butler-07");
            foreach (var (path, page) in new[]
            {
                ("/inbox?tab=all", "inbox"), ("/o/2", "order"), ("/vacant", "vacant"), ("/fleet", "fleet"), ("/building", "building"),
            })
            {
                await visit.GoAsync(path);
                await Assertions.Expect(visit.Page.Locator(".fresh.live")).ToBeVisibleAsync();
                await visit.ShootAsync($"{page}-{name}");
            }

            Assert.Empty(visit.Faults);
        }
    }

    private static async Task NightAsync(PagesHub hub)
    {
        hub.Demo.State = hub.Demo.State with { Speed = 1 };
        hub.Flow(PagesHub.T0);
        await hub.RaiseAsync(SampleNight.Pump(PagesHub.T0.AddMinutes(-3)));
        var leak = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        await hub.Desk.ElapseAsync(Cancel);
        var wang = new Actor("butler-07", ActorRole.Butler, "管家 07");
        await hub.Desk.DoAsync(leak.Id, new OrderCommand.Accept(wang), Cancel);
        hub.Time.Advance(TimeSpan.FromMinutes(6));
        await hub.Desk.ElapseAsync(Cancel);
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0.AddMinutes(5)));
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0.AddMinutes(6), "p2"));
    }
}
