using System.Net;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Tests.Web;

public class RingPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_of_the_staff_can_ring_and_nobody_elses()
    {
        await using var hub = await PagesHub.StartAsync();
        foreach (var door in new[] { "butler-07", "chief-01", "engineer-02" })
        {
            using var staff = await hub.BehindAsync(door);
            foreach (var path in new[] { "/", "/inbox", "/inbox/new", "/vacant", "/building", "/fleet" })
            {
                var page = await staff.GetStringAsync(path, Cancel);
                Assert.Contains("data-live=\"/inbox/ring\"", page);
                Assert.Contains("aria-live=\"polite\" data-ring-said", page);
                Assert.Contains("data-sound hidden", page);
            }
        }

        foreach (var door in new[] { "resident", "quality-01" })
        {
            using var other = await hub.BehindAsync(door);
            var page = await other.GetStringAsync("/", Cancel);
            Assert.DoesNotContain("data-ring", page);
            Assert.DoesNotContain("data-sound", page);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/inbox/ring", Cancel)).StatusCode);
        }

        using var stranger = hub.Browser();
        Assert.DoesNotContain("data-ring", await stranger.GetStringAsync("/", Cancel));
    }

    [Fact]
    public async Task What_nobody_has_accepted_rings_urgent_first_until_somebody_does()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        var leak = await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0, OrderPriority.Urgent));
        using var butler = await hub.BehindAsync("butler-07");

        var ring = await butler.GetStringAsync("/inbox/ring", Cancel);

        Assert.True(ring.IndexOf("紧急新单：3 栋 2 单元 1201", StringComparison.Ordinal) is >= 0 and var first
            && first < ring.IndexOf("新单：3 栋 2 单元 大堂，住户呼叫管家", StringComparison.Ordinal));
        Assert.Single(ring.Split("data-urgent").Skip(1));
        Assert.Contains("还有 1 个没人接的单", ring);

        var wang = new Actor("butler-09", ActorRole.Butler, "管家 09");
        await hub.Desk.DoAsync(leak.Id, new OrderCommand.Accept(wang), Cancel);
        ring = await butler.GetStringAsync("/inbox/ring", Cancel);
        Assert.DoesNotContain("1201", ring);
        Assert.DoesNotContain("data-urgent", ring);
        Assert.Contains("大堂", ring);
    }

    [Fact]
    public async Task A_notice_and_a_visit_agreed_for_later_wake_nobody()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Leak(PagesHub.T0, OrderPriority.Notice));
        using var chief = await hub.BehindAsync("chief-01");
        await PagesHub.PostAsync(
            chief, "/inbox/new", "/inbox/new", ("place", "3 栋 2 单元 大堂"), ("kind", "request"), ("words", "x"),
            ("appointed", "2026-11-21T19:05"));

        Assert.DoesNotContain("data-call", await chief.GetStringAsync("/inbox/ring", Cancel));

        hub.Time.Advance(TimeSpan.FromHours(1));
        Assert.Contains("大堂", await chief.GetStringAsync("/inbox/ring", Cancel));
    }

    [Fact]
    public async Task An_engineer_hears_what_is_for_engineers()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        await hub.RaiseAsync(SampleNight.Pump(PagesHub.T0));
        using var engineer = await hub.BehindAsync("engineer-02");

        var ring = await engineer.GetStringAsync("/inbox/ring", Cancel);

        Assert.Contains("泵房 A", ring);
        Assert.DoesNotContain("大堂", ring);
    }

    [Fact]
    public async Task It_is_said_in_the_readers_language()
    {
        await using var hub = await PagesHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var butler = await hub.BehindAsync("butler-07");
        foreach (var (language, said) in new[]
        {
            ("zh-Hans", "新单："), ("zh-Hant", "新單："), ("en", "New: "), ("ja", "新規："), ("ko", "새 요청: "),
        })
        {
            Assert.Contains(said, await butler.GetStringAsync($"/inbox/ring?lang={language}", Cancel));
        }
    }
}
