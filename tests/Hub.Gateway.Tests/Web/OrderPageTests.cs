using System.Net;
using Hub.Gateway.Series;
using Hub.Gateway.Tests.Series;
using Hub.Gateway.WorkOrders;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Web;

public class OrderPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What somebody may type, by mistake or not.</summary>
    public static TheoryData<string> Nasty =>
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</textarea><script>1</script>",
        "<svg/onload=alert(1)>", "{{7*7}}", "javascript:alert(1)", "\u202e<b>x</b>", "&lt;b&gt;", "</script><!--",
    ];

    [Fact]
    public async Task A_leak_shows_its_sentence_its_chart_its_clocks_and_one_big_step()
    {
        await using var hub = await PagesHub.StartAsync();
        hub.Flow(PagesHub.T0);
        var order = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var page = await butler.GetStringAsync($"/o/{order.Id}", Cancel);

        Assert.Contains("3 栋 2 单元 1201", page);
        Assert.Contains("空置（托管）", page);
        Assert.Contains("role=\"img\"", page);
        Assert.Contains("class=\"limit\"", page);
        Assert.Contains("无数据 ", page);
        Assert.Contains("触发 18:05", page);
        Assert.Contains("5 分钟到位", page);
        Assert.Contains("vacant-water v7", page);
        Assert.Contains("value=\"Accept\"", page);
        Assert.DoesNotContain("value=\"Resolve\"", page);
        Assert.Contains("如仍无人接，将通知", page);
    }

    [Theory]
    [InlineData(OlderState.Shown, "较早的部分来自 InfluxDB。")]
    [InlineData(OlderState.Unreached, "InfluxDB 连接不上：较早的部分未显示。")]
    public async Task A_chart_says_what_became_of_the_part_before_the_history(OlderState state, string says)
    {
        var first = PagesHub.T0.AddHours(-5).UtcTicks;
        Bucket[] parts = [.. Enumerable.Range(0, 9).Select(i => Bucket.Of(
            new Sample(first + (i * 5 * TimeSpan.TicksPerMinute), i), double.NaN))];
        var reader = new ScriptedReader(state == OlderState.Shown ? OlderPart.Of(parts) : OlderPart.Unreached);
        await using var hub = await PagesHub.StartAsync(with: builder =>
            builder.Services.AddSingleton<ISeriesReader>(reader).AddSingleton<OlderReadings>());
        var order = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var page = WebUtility.HtmlDecode(await butler.GetStringAsync($"/o/{order.Id}", Cancel));

        Assert.Contains(says, page);
        // 1 m3 in 5 minutes.
        Assert.Equal(state == OlderState.Shown, page.Contains("<td class=\"num\">12000</td>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_goes_from_accept_to_follow_up_through_forms_alone()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");
        using var chief = await hub.BehindAsync("chief-01");

        await DoAsync(butler, order.Id, ("action", "Accept"));
        await DoAsync(butler, order.Id, ("action", "Arrive"));
        await DoAsync(butler, order.Id, ("action", "Explain"), ("how", "face"), ("who", "Mrs. Chen"),
            ("words", "the part comes at eight"), ("until", "2026-11-21T20:00"));
        await DoAsync(butler, order.Id, ("action", "Resolve"), ("cause", "helped"), ("note", "carried the parcel up"));
        hub.Time.Advance(TimeSpan.FromMinutes(90));
        await DoAsync(chief, order.Id, ("action", "FollowUp"), ("how", "phone"), ("rating", "5"), ("result", "content"));

        var after = (await hub.Desk.FindAsync(order.Id, Cancel))!;
        Assert.True(after.State is OrderState.FollowedUp or OrderState.Closed);
        Assert.Equal(5, after.Rating);
        var page = await chief.GetStringAsync($"/o/{order.Id}", Cancel);
        Assert.Contains("Mrs. Chen", page);
        Assert.Contains("carried the parcel up", page);
        Assert.Contains("很满意", page);
        Assert.Contains("20:00", page);
    }

    [Fact]
    public async Task A_refusal_comes_back_with_its_reason_and_every_typed_word()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");
        await DoAsync(butler, order.Id, ("action", "Accept"));

        var answer = await PagesHub.PostAsync(butler, $"/o/{order.Id}", $"/o/{order.Id}/do",
            ("action", "Explain"), ("how", "phone"), ("who", "Mr. Wu"), ("words", "tomorrow"), ("until", "2026-11-23T09:00"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("role=\"alert\"", page);
        Assert.Contains("时间不对", page);
        Assert.Contains("value=\"Mr. Wu\"", page);
        Assert.Contains(">tomorrow</textarea>", page);
        Assert.Contains("value=\"2026-11-23T09:00\"", page);
        Assert.Contains("value=\"phone\" checked", page);
        // Its links lead to the page, not to the place the form was sent to.
        Assert.DoesNotContain($"/o/{order.Id}/do?", page);
    }

    [Fact]
    public async Task Words_typed_into_a_step_that_is_gone_are_shown_and_not_lost()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await PagesHub.PostAsync(butler, $"/o/{order.Id}", $"/o/{order.Id}/do",
            ("action", "Resolve"), ("cause", "helped"), ("note", "a long story"));

        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("请先接单", page);
        Assert.Contains("a long story", page);
    }

    [Theory]
    [InlineData("Explain", "until", "soon")]
    [InlineData("Resolve", "cause", "<made-up>")]
    [InlineData("Commit", "how", "pigeon")]
    public async Task What_can_not_be_read_is_refused_and_not_guessed(string action, string field, string value)
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await PagesHub.PostAsync(
            butler, $"/o/{order.Id}", $"/o/{order.Id}/do", ("action", action), (field, value));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(order.Version, (await hub.Desk.FindAsync(order.Id, Cancel))!.Version);
    }

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task Whatever_is_typed_is_shown_as_text(string nasty)
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");
        await DoAsync(butler, order.Id, ("action", "Accept"));
        await DoAsync(butler, order.Id, ("action", "Note"), ("words", nasty));
        await DoAsync(butler, order.Id, ("action", "Arrive"));
        await DoAsync(butler, order.Id, ("action", "Resolve"), ("cause", "helped"), ("note", nasty));
        // And once more on its way back with a refusal, in fields and in the text area.
        var refused = await PagesHub.PostAsync(butler, $"/o/{order.Id}", $"/o/{order.Id}/do",
            ("action", "Reopen"), ("reason", new string('x', 3_000) + nasty));

        foreach (var page in new[]
        {
            await butler.GetStringAsync($"/o/{order.Id}", Cancel), await butler.GetStringAsync("/inbox?tab=all", Cancel),
            await refused.Content.ReadAsStringAsync(Cancel),
        })
        {
            Assert.DoesNotContain("<script>", page);
            Assert.DoesNotContain("<img", page);
            Assert.DoesNotContain("<svg/onload", page);
            Assert.DoesNotContain("onmouseover='", page);
            Assert.DoesNotContain("<b>x</b>", page);
        }
    }

    [Fact]
    public async Task A_form_that_can_not_be_decoded_is_refused_and_does_nothing()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await PagesHub.PostAsync(
            butler, $"/o/{order.Id}", $"/o/{order.Id}/do", ("action", "Note"), ("words", "a\0b"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(order.Version, (await hub.Desk.FindAsync(order.Id, Cancel))!.Version);
    }

    [Fact]
    public async Task No_order_no_page()
    {
        await using var hub = await PagesHub.StartAsync();
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await butler.GetAsync("/o/4711", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("没有这一页", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("head")]
    [InlineData("chart")]
    [InlineData("history")]
    [InlineData("actions")]
    [InlineData("clocks")]
    public async Task Each_living_part_can_be_fetched_alone(string part)
    {
        await using var hub = await PagesHub.StartAsync();
        hub.Flow(PagesHub.T0);
        var order = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");

        var fragment = await butler.GetStringAsync($"/o/{order.Id}/{part}", Cancel);

        Assert.DoesNotContain("<html", fragment);
        Assert.Contains("<", fragment);
    }

    private static async Task DoAsync(HttpClient browser, long order, params (string, string)[] fields)
    {
        var answer = await PagesHub.PostAsync(browser, $"/o/{order}", $"/o/{order}/do", fields);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal($"/o/{order}", answer.Headers.Location!.OriginalString);
    }
}
