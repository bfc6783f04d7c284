using System.Net;
using System.Text.RegularExpressions;
using Hub.Gateway.Broker;
using Hub.Gateway.Roster;
using Hub.Gateway.Tests.Web;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Roster;

public class RosterPagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_says_who_is_on_duty_and_takes_covers_and_notes()
    {
        await using var hub = await RosterHub.StartAsync();
        using var butler = await hub.BehindAsync("butler-07");

        var page = await butler.GetStringAsync("/roster", Cancel);
        Assert.Contains("王芳", page);
        Assert.Contains("tel:138-0000-0007", page);

        await DoAsync(
            butler, ("action", "cover"), ("absent", "butler-09"), ("standIn", ""), ("from", "2026-12-01T00:00"),
            ("to", "2026-12-02T00:00"));
        await DoAsync(
            butler, ("action", "leave"), ("grid", "g1"), ("by", "butler-07"), ("words", "<b>keys</b> at the desk"));
        page = await butler.GetStringAsync("/roster?lang=en", Cancel);
        Assert.Contains("Zhao Min", page);
        Assert.Contains("&lt;b&gt;keys&lt;/b&gt; at the desk", page);
        Assert.Contains("Partner butler", page);

        await DoAsync(butler, ("action", "take"), ("id", "1"), ("by", "butler-09"));
        await DoAsync(butler, ("action", "end"), ("id", "1"));
        var book = hub.Service<RosterBook>();
        Assert.Equal("butler-09", Assert.Single(await book.HandoversAsync(5, Cancel)).TakenBy);
        Assert.Empty(book.Picture.Covers);
        var refused = await PagesHub.PostAsync(butler, "/roster", "/roster/do", ("action", "end"), ("id", "1"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task The_page_takes_a_table_of_covers_or_says_what_is_wrong_with_it()
    {
        await using var hub = await RosterHub.StartAsync();
        using var chief = await hub.BehindAsync("chief-01");
        const string Table = "absent,by,from,to\nbutler-07,butler-08,2026-12-24 07:00,2026-12-25\n";

        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(Table)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(Table)).StatusCode);
        Assert.Single(hub.Service<RosterBook>().Picture.Covers);
        var refused = await SendAsync(Table.Replace("butler-08", "butler-88", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains(
            "leave.csv:2: by is &#x27;butler-88&#x27;; nobody in the roster has this id",
            await refused.Content.ReadAsStringAsync(Cancel));

        async Task<HttpResponseMessage> SendAsync(string table)
        {
            var (name, token) = await PagesHub.TokenAsync(chief, "/roster");
            using var form = new MultipartFormDataContent
            {
                { new StringContent(token), name }, { new StringContent(table), "tables", "leave.csv" },
            };
            return await chief.PostAsync("/roster/import/do", form, Cancel);
        }
    }

    [Fact]
    public async Task Names_and_numbers_of_the_staff_are_on_pages_of_the_staff_alone()
    {
        await using var hub = await RosterHub.StartAsync();
        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));
        using var resident = await hub.BehindAsync("resident");
        using var stranger = hub.Browser();
        var names = Sheet().People.Select(person => person.Name).ToList();

        foreach (var path in new[] { "/", "/living", "/roster", "/channels", "/o/1", "/api/v1/events", "/healthz" })
        {
            foreach (var visitor in new[] { resident, stranger })
            {
                using var answer = await visitor.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancel);
                var text = path == "/api/v1/events" ? "" : await answer.Content.ReadAsStringAsync(Cancel);
                Assert.All(names, name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
                Assert.DoesNotContain("138-0000", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_channel_is_tried_from_its_page_and_one_that_is_gone_is_said()
    {
        await using var hub = await RosterHub.StartAsync();
        using var chief = await hub.BehindAsync("chief-01");
        using var butler = await hub.BehindAsync("butler-07");

        var answer = await PagesHub.PostAsync(chief, "/channels", "/channels/do", ("channel", "wang-phone"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("hub/1/notices/wang-phone", Assert.Single(((RosterHub.Wire)hub.Service<IDownlink>()).Topics));
        answer = await PagesHub.PostAsync(chief, "/channels", "/channels/do", ("channel", "pigeon"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await butler.GetStringAsync("/channels", Cancel);
        Assert.Contains("value=\"hao-phone\"", page);
        Assert.DoesNotContain("value=\"wang-phone\"", page);
        answer = await PagesHub.PostAsync(butler, "/channels", "/channels/do", ("channel", "wang-phone"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    /// <summary>Press, nobody accepts: butler, partner, desk, chief, breach; all of it on the order's page.</summary>
    [Fact]
    public async Task The_whole_ladder_is_on_the_orders_page_with_who_was_told_when_and_by_which_channel()
    {
        await using var hub = await RosterHub.StartAsync();
        using var butler = await hub.BehindAsync("butler-07");
        var order = await hub.RaiseAsync(SampleNight.Press(hub.Time.GetUtcNow()));
        for (var i = 0; i < 22; i++)
        {
            await RosterHub.TurnAsync(hub);
            hub.Time.Advance(TimeSpan.FromSeconds(15));
        }

        var page = Lines(await butler.GetStringAsync($"/o/{order.Id}/ladder?lang=en", Cancel));

        Assert.Equal(
            [
                "12:00:00 Butler · Li Wei 138-0000-0008", "wang-phone · Li Wei · delivered 12:00:00",
                "12:01:30 Partner butler · 王芳 138-0000-0007", "hao-phone · 王芳 · delivered 12:01:30",
                "12:03:00 24 h hotline · Desk One", "desk-screen · delivered 12:03:00",
                "12:04:00 Chief butler · Chen Jing 138-0000-0001", "chief-phone · Chen Jing · delivered 12:04:00",
                "chief-late · Chen Jing · delivered 12:04:30",
                "12:04:00 Told that time is running out · Butler · Li Wei 138-0000-0008",
                "wang-phone · Li Wei · delivered 12:04:00",
                "12:05:00 Told of the broken promise · Chief butler · Chen Jing 138-0000-0001",
                "chief-phone · Chen Jing · delivered 12:05:00",
            ],
            page);

        await PagesHub.PostAsync(butler, $"/o/{order.Id}", $"/o/{order.Id}/do", ("action", "Accept"));
        page = Lines(await butler.GetStringAsync($"/o/{order.Id}/ladder?lang=en", Cancel));
        Assert.Equal("12:05:30 王芳 has accepted: the ringing has stopped", page[^1]);
        Assert.Contains("Promise broken", await butler.GetStringAsync($"/o/{order.Id}?lang=en", Cancel));
    }

    [Fact]
    public async Task An_orders_page_says_who_is_next_and_that_there_is_nobody()
    {
        await using var hub = await RosterHub.StartAsync();
        using var butler = await hub.BehindAsync("butler-07");
        var order = await hub.RaiseAsync(SampleNight.Press(hub.Time.GetUtcNow()));
        Assert.Contains("12:01:30 Partner butler · 王芳 138-0000-0007", await LadderAsync(butler, order.Id));

        await hub.Service<RosterBook>().ImportAsync(
            Files(grids: RosterHub.Grid, shifts: "person,grid,days,hours,since\nbutler-07,g1,sat,07:00-08:00,2026-11-01\n"),
            "chief-01", Cancel);
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        await hub.Desk.ElapseAsync(Cancel);

        Assert.Contains("The roster has nobody to call, nor anybody above.", await LadderAsync(butler, order.Id));
        var inbox = await butler.GetStringAsync("/inbox?lang=en", Cancel);
        Assert.Contains("Nobody can be called for Entrance 2 now.", inbox);
        Assert.DoesNotContain("does not get through", inbox);
    }

    [Fact]
    public async Task A_channel_that_does_not_get_through_is_an_alarm_in_the_inbox()
    {
        await using var hub = await RosterHub.StartAsync();
        using var butler = await hub.BehindAsync("butler-07");
        ((RosterHub.Wire)hub.Service<IDownlink>()).IsAway = true;
        await hub.RaiseAsync(SampleNight.Press(hub.Time.GetUtcNow()));

        await RosterHub.TurnAsync(hub);

        var inbox = await butler.GetStringAsync("/inbox?lang=en", Cancel);
        Assert.Contains("wang-phone does not get through, just now: 1 messages wait.", inbox);
        Assert.Contains("The broker is away.", await butler.GetStringAsync("/channels?lang=en", Cancel));
    }

    private static async Task DoAsync(HttpClient browser, params (string Name, string Value)[] fields)
    {
        var answer = await PagesHub.PostAsync(browser, "/roster", "/roster/do", fields);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private static async Task<List<string>> LadderAsync(HttpClient browser, long order) =>
        Lines(await browser.GetStringAsync($"/o/{order}/ladder?lang=en", Cancel));

    /// <summary>What a page says, an element of its lists each.</summary>
    private static List<string> Lines(string html) =>
    [
        .. Regex.Replace(Regex.Replace(html, "<(li|p|ul|ol)[ >]", "\n$0"), "<[^>]*>", "").Split('\n')
            .Select(line => Regex.Replace(WebUtility.HtmlDecode(line), "\\s+", " ").Trim())
            .Where(line => line.Length > 0).Skip(1),
    ];
}
