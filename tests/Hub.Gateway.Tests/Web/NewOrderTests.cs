using System.Globalization;
using System.Net;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Tests.Web;

/// <summary>What people ask for, written down, put off, merged and taken back through forms alone.</summary>
public class NewOrderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_written_down_with_an_appointment()
    {
        await using var hub = await PagesHub.StartAsync();
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await PagesHub.PostAsync(
            butler, "/inbox/new", "/inbox/new", ("place", "3 栋 2 单元 1201"), ("kind", "request"), ("words", "搬一张桌子"),
            ("appointed", "2099-01-01T09:30"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("搬一张桌子", page);
        Assert.Contains("2099-01-01T09:30", page);

        answer = await PagesHub.PostAsync(
            butler, "/inbox/new", "/inbox/new", ("place", "3 栋 2 单元 1201"), ("kind", "request"), ("words", "搬一张桌子"),
            ("appointed", TimeZoneInfo.ConvertTime(PagesHub.T0.AddHours(3), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"))
                .ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        page = await butler.GetStringAsync(answer.Headers.Location, Cancel);
        Assert.Contains("搬一张桌子", page);
        Assert.Contains(" 到场。", page);
        Assert.Equal(PagesHub.T0.AddHours(3), Assert.Single(hub.Desk.OpenOrders).AppointedFor);
    }

    [Fact]
    public async Task A_place_that_is_not_there_is_said_and_nothing_typed_is_lost()
    {
        await using var hub = await PagesHub.StartAsync();
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await PagesHub.PostAsync(
            butler, "/inbox/new", "/inbox/new", ("place", "月球"), ("kind", "repair"), ("words", "灯不亮"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("没有“月球”这个地点", page);
        Assert.Contains("灯不亮", page);
        Assert.Contains("value=\"repair\" selected", page);
        Assert.Empty(hub.Desk.OpenOrders);
    }

    [Fact]
    public async Task A_step_is_taken_back_within_ten_seconds_and_not_later()
    {
        await using var hub = await PagesHub.StartAsync();
        var order = await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");
        using var chief = await hub.BehindAsync("chief-01");
        var page = $"/o/{order.Id}";
        await PagesHub.PostAsync(butler, page, $"{page}/do", ("action", "Accept"));
        Assert.Contains("撤销：接单", await butler.GetStringAsync(page, Cancel));
        Assert.DoesNotContain("/undo", await chief.GetStringAsync(page, Cancel));

        Assert.Equal(HttpStatusCode.SeeOther, (await PagesHub.PostAsync(butler, page, $"{page}/undo")).StatusCode);
        Assert.Null((await hub.Desk.FindAsync(order.Id, Cancel))!.AcceptedBy);
        Assert.Contains("已撤销", await butler.GetStringAsync(page, Cancel));

        await PagesHub.PostAsync(butler, page, $"{page}/do", ("action", "Accept"));
        hub.Time.Advance(TimeSpan.FromSeconds(11));
        var late = await PagesHub.PostAsync(butler, page, $"{page}/undo");
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("须在 10 秒内", await late.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_matter_that_came_twice_goes_on_in_one_order()
    {
        await using var hub = await PagesHub.StartAsync();
        var leak = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");
        Assert.DoesNotContain("value=\"Merge\"", await butler.GetStringAsync($"/o/{leak.Id}", Cancel));
        await PagesHub.PostAsync(
            butler, "/inbox/new", "/inbox/new", ("place", "3 栋 2 单元 1201"), ("kind", "repair"), ("words", "地上有水"));
        var repair = hub.Desk.OpenOrders.Single(order => order.Id != leak.Id);

        var answer = await PagesHub.PostAsync(
            butler, $"/o/{repair.Id}", $"/o/{repair.Id}/do", ("action", "Merge"), ("into", $"{leak.Id}"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(leak.Id, (await hub.Desk.FindAsync(repair.Id, Cancel))!.MergedInto);
        var merged = (await hub.Desk.HistoryAsync(repair.Id, Cancel)).OfType<OrderEvent.Merged>().Single();
        Assert.Equal(leak.Number, merged.IntoNumber);
    }
}
