using System.Net;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Tests.Web;

public class InboxPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_press_is_a_card_with_its_place_its_promise_and_a_button()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        hub.Time.Advance(TimeSpan.FromSeconds(166));
        using var butler = await hub.BehindAsync("butler-07");

        var page = await butler.GetStringAsync("/inbox", Cancel);

        Assert.Contains("3 栋 2 单元 大堂", page);
        Assert.Contains("到位 2:14", page);
        Assert.Contains("住户呼叫管家", page);
        Assert.Contains("action=\"/inbox/accept\"", page);
        Assert.Contains("18:05:00", page);
    }

    [Fact]
    public async Task Broken_promises_come_first_then_the_next_deadline()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));
        hub.Time.Advance(TimeSpan.FromMinutes(6));
        await hub.RaiseAsync(SampleNight.Pump(PagesHub.T0.AddMinutes(4)));
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0.AddMinutes(5)));
        using var chief = await hub.BehindAsync("chief-01");

        var page = await chief.GetStringAsync("/inbox?tab=all", Cancel);

        List<int> order = [At("1201"), At("泵房 A"), At("大堂")];
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
        Assert.Contains("超时 1:00", page);

        int At(string place) => page.IndexOf($"{place}</a>", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepting_in_place_gives_the_order_its_owner()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await PagesHub.PostAsync(
            butler, "/inbox", "/inbox/accept", ("order", $"{order.Id}"), ("tab", "mine"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/inbox?tab=mine", answer.Headers.Location!.OriginalString);
        Assert.Equal("butler-07", (await hub.Desk.FindAsync(order.Id, Cancel))!.AcceptedBy!.Id);
        var page = await butler.GetStringAsync("/inbox", Cancel);
        Assert.Contains("管家 07", page);
        Assert.DoesNotContain("action=\"/inbox/accept\"", page);
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_who_was_first_and_when()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");
        using var chief = await hub.BehindAsync("chief-01");
        await PagesHub.PostAsync(butler, "/inbox", "/inbox/accept", ("order", $"{order.Id}"), ("tab", "mine"));
        hub.Time.Advance(TimeSpan.FromSeconds(12));

        var answer = await PagesHub.PostAsync(
            chief, "/inbox", "/inbox/accept", ("order", $"{order.Id}"), ("tab", "all"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("已被 管家 07 在 12 秒前接单", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_script_gets_the_cards_alone()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var fragment = await butler.GetStringAsync("/inbox/cards?tab=all", Cancel);

        Assert.DoesNotContain("<html", fragment);
        Assert.Contains("data-key=\"1\"", fragment);
    }

    [Fact]
    public async Task With_nothing_to_do_it_says_so_and_what_was_done_today()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        var wang = new Actor("butler-09", ActorRole.Butler, "管家 09");
        foreach (var command in new OrderCommand[]
        {
            new OrderCommand.Accept(wang), new OrderCommand.Arrive(wang), new OrderCommand.Resolve("helped", "done", wang),
        })
        {
            Assert.True((await hub.Desk.DoAsync(order.Id, command, Cancel)).IsDone);
        }

        using var butler = await hub.BehindAsync("butler-07");
        Assert.Contains("今天已处理 1 单", await butler.GetStringAsync("/inbox", Cancel));

        // Asking the resident how it was is the chief's next thing to do.
        using var chief = await hub.BehindAsync("chief-01");
        Assert.Contains("回访", await chief.GetStringAsync("/inbox", Cancel));
    }

    [Fact]
    public async Task An_engineers_own_list_has_only_what_is_for_engineers_until_somebody_takes_it()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        await hub.RaiseAsync(SampleNight.Pump(PagesHub.T0));
        using var engineer = await hub.BehindAsync("engineer-02");

        var mine = await engineer.GetStringAsync("/inbox/cards?tab=mine", Cancel);

        Assert.Contains("泵房 A", mine);
        Assert.DoesNotContain("大堂", mine);
    }

    [Fact]
    public async Task Every_language_has_its_inbox_and_says_which_it_is()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");
        foreach (var (language, word) in new[]
        {
            ("zh-Hans", "待办"), ("zh-Hant", "待辦"), ("en", "Inbox"), ("ja", "対応待ち"), ("ko", "할 일"),
        })
        {
            var page = await butler.GetStringAsync($"/inbox?lang={language}", Cancel);
            Assert.Contains($"<html lang=\"{language}\"", page);
            Assert.Contains(word, page);

            // And it is kept.
            Assert.Contains($"<html lang=\"{language}\"", await butler.GetStringAsync("/inbox", Cancel));
        }
    }

    [Fact]
    public async Task Urgent_and_repeated_are_said_and_not_only_coloured()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0, "p2"));
        var leak = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0, OrderPriority.Urgent));
        using var butler = await hub.BehindAsync("butler-07");

        Assert.Contains("×2", await butler.GetStringAsync("/inbox", Cancel));
        Assert.Contains("紧急", await butler.GetStringAsync($"/o/{leak.Id}", Cancel));
    }
}
