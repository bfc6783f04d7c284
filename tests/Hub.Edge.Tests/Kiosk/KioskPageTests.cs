using System.Net;
using Hub.Edge.Kiosk;
using static Hub.Edge.Tests.Eventually;

namespace Hub.Edge.Tests.Kiosk;

/// <summary>The page over HTTP, with a hub that is not there: everything here must work all the same.</summary>
public sealed class KioskPageTests : KioskVisit
{
    [Fact]
    public async Task At_home_the_page_offers_the_call_the_hotline_and_nothing_that_tells_who_lives_here()
    {
        var page = await PageAsync();

        Assert.Contains("<html lang=\"zh-Hans\"", page, StringComparison.Ordinal);
        Assert.Contains("呼叫管家", page, StringComparison.Ordinal);
        Assert.Contains("24 小时热线 400-000-0000", page, StringComparison.Ordinal);
        Assert.Contains("18:05", page, StringComparison.Ordinal);
        Assert.DoesNotContain("b1-e2-lobby", page, StringComparison.Ordinal);
        Assert.DoesNotContain("演示", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_without_script_is_recorded_and_shown_by_the_page_that_follows()
    {
        var answer = await PressAsync(await TokenAsync(), "?lang=en");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/kiosk?lang=en", answer.Headers.Location!.ToString());
        var record = Assert.Single(Records);
        Assert.Equal(("lobby", "button.press"), (record.Device, record.Signal));
        Assert.Contains("Calling your butler…", await PageAsync("?lang=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_double_click_and_a_retry_after_minutes_are_one_press()
    {
        var token = await TokenAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PressAsync(token)));
        Pace.Advance(TimeSpan.FromMinutes(3));
        await PressAsync(token);

        Assert.Single(Records);
    }

    [Fact]
    public async Task A_second_visitors_press_is_a_repeat()
    {
        await PressAsync(await TokenAsync());
        Pace.Advance(TimeSpan.FromSeconds(1));
        await PressAsync(await TokenAsync());

        Assert.Equal(2, Records.Select(record => record.Id).Distinct().Count());
        Assert.Contains("已经在呼叫了", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_hub_the_page_says_so_before_and_after_the_press()
    {
        Assert.Contains("网络中断", await PageAsync(), StringComparison.Ordinal);
        await PressAsync(await TokenAsync());
        Assert.Contains("正在发送", await PageAsync(), StringComparison.Ordinal);

        Pace.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains("您的呼叫已保存在本机，恢复后立即送达。急事请拨 400-000-0000", await PageAsync(), StringComparison.Ordinal);

        Pace.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("还没有送达", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_that_waits_in_the_outbox_is_still_told_after_a_restart()
    {
        await PressAsync(await TokenAsync());
        await Edge.StopAsync(Cancel);

        Edge = await StartAsync();
        using var http = new HttpClient { BaseAddress = Edge.KioskAddress };

        Assert.Contains("已保存在本机", await http.GetStringAsync("kiosk", Cancel), StringComparison.Ordinal);
        Assert.Equal(1, Edge.Backlog);
    }

    [Fact]
    public async Task A_press_that_no_disk_and_no_hub_takes_is_never_told_as_recorded_and_ends_with_the_hotline()
    {
        await Edge.StopAsync(Cancel);
        File.Delete(Folder["events.db"]);
        Directory.CreateDirectory(Folder["events.db"]); // No database can be opened there.
        Edge = await StartAsync();
        Http.BaseAddress = Edge.KioskAddress;

        var pressing = PressAsync(await TokenAsync());
        await UntilAsync(() => Edge.KioskView.IsUndecided);
        var page = await PageAsync();
        Assert.Contains("正在发送您的呼叫", page, StringComparison.Ordinal);
        Assert.DoesNotContain("已记录", page, StringComparison.Ordinal);
        await UntilAsync(() =>
        {
            Pace.Advance(TimeSpan.FromSeconds(1));
            return !Edge.KioskView.IsUndecided;
        });

        Assert.Equal(HttpStatusCode.Redirect, (await pressing).StatusCode);
        page = await PageAsync();
        Assert.Contains("呼叫没有成功", page, StringComparison.Ordinal);
        Assert.Contains("请再按一次，或拨 400-000-0000", page, StringComparison.Ordinal);
        Assert.Empty(Records);
    }

    [Fact]
    public async Task A_mistake_can_be_taken_back_for_20_seconds()
    {
        await PressAsync(await TokenAsync());
        var page = await PageAsync();
        Assert.Contains("按错了，取消", page, StringComparison.Ordinal);

        await PostAsync("cancel", ("call", CallId().Match(page).Groups[1].Value));

        Assert.Equal(["button.press", "button.cancel"], Records.Select(record => record.Signal));
        Assert.Single(Records.Select(record => record.Id).Distinct());
        Assert.Contains("已取消", await PageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-Hans", "需要管家帮忙吗")]
    [InlineData("zh-Hant", "需要管家幫忙嗎")]
    [InlineData("en", "Need your butler")]
    [InlineData("ja", "コンシェルジュをお呼びしますか")]
    [InlineData("ko", "버틀러가 필요하세요")]
    public async Task Each_language_is_one_touch_away_in_its_own_script(string language, string title)
    {
        var page = await PageAsync("?lang=" + language);

        Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
        Assert.Contains(title, page, StringComparison.Ordinal);
        foreach (var other in KioskTexts.Languages)
        {
            Assert.Contains($"lang=\"{other}\" href=\"/kiosk?lang={other}\"", page, StringComparison.Ordinal);
            Assert.Contains($">{KioskTexts.Of(other, "lang")}</a>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_browsers_own_language_is_not_asked_and_an_unknown_one_is_the_buildings()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "kiosk?lang=fr");
        request.Headers.Add("Accept-Language", "ko");

        var page = await (await Http.SendAsync(request, Cancel)).Content.ReadAsStringAsync(Cancel);

        Assert.Contains("<html lang=\"zh-Hans\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_text_and_high_contrast_stay_through_language_and_press()
    {
        var page = await PageAsync("?lang=ja&size=large&contrast=high");

        Assert.Contains("class=\"large high\"", page, StringComparison.Ordinal);
        Assert.Contains("/kiosk?lang=ko&amp;size=large&amp;contrast=high", page, StringComparison.Ordinal);
        Assert.Contains("action=\"/kiosk/press?lang=ja&amp;size=large&amp;contrast=high\"", page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_live_stream_tells_the_screen_at_once_and_after_a_press()
    {
        using var stream = await Http.GetStreamAsync("kiosk/live?lang=en",
            Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        using var reader = new StreamReader(stream);
        Assert.Contains("\"face\":\"Home\"", await DataAsync(reader), StringComparison.Ordinal);

        await PressAsync(await TokenAsync());

        Assert.Contains("\"face\":\"Calling\"", await DataAsync(reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Style_script_and_sizes_are_served_from_here()
    {
        Assert.Contains("--mm: 3.622px", await Http.GetStringAsync("kiosk/sizes.css", Cancel),
            StringComparison.Ordinal);
        Assert.Contains("--jade: #0b6e63", await Http.GetStringAsync("kiosk/kiosk.css", Cancel),
            StringComparison.Ordinal);
        Assert.Contains("EventSource", await Http.GetStringAsync("kiosk/kiosk.js", Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await Http.GetAsync("kiosk/alive", Cancel)).StatusCode);
    }
}
