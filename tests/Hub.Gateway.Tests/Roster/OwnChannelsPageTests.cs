using System.Net;
using System.Net.Http.Json;
using Hub.Gateway.Notify;
using Hub.Gateway.Tests.Web;

namespace Hub.Gateway.Tests.Roster;

public class OwnChannelsPageTests
{
    private const string Notify = """
        channels:
          - { id: li-robot, kind: wecom, url: "https://robots.example.org/send?key=s3cret", person: butler-08, hours: "07:00-23:00", after: 2 min }
          - { id: group, kind: mqtt, tells: [butler] }
          - { id: chief-phone, kind: mqtt, person: chief-01 }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_where_and_when_they_are_told_and_no_secret()
    {
        await using var hub = await RosterHub.StartAsync(Notify);
        using var butler = await hub.BehindAsync("butler-07");

        var page = WebUtility.HtmlDecode(await butler.GetStringAsync("/channels?person=butler-08&lang=en", Cancel));

        Assert.Contains("Where Li Wei is told", page);
        Assert.Contains("robots.example.org", page);
        Assert.Contains("07:00-23:00 every day · only if nobody has accepted for 2:00", page);
        Assert.Contains("many read it", page);
        Assert.DoesNotContain("chief-phone", page);
        Assert.DoesNotContain("s3cret", page);
        // Somebody else's are neither tried nor paused.
        Assert.DoesNotContain("/channels/do", page);
        Assert.Contains("/channels?person=butler-07", await butler.GetStringAsync("/roster", Cancel));
        foreach (var (language, said) in new[]
        {
            ("zh-Hans", "怎样收到通知"), ("zh-Hant", "怎樣收到通知"), ("ja", "への連絡方法"), ("ko", "알림을 받는 방법"),
        })
        {
            Assert.Contains(said, await butler.GetStringAsync($"/channels?person=butler-08&lang={language}", Cancel));
        }
    }

    [Fact]
    public async Task A_butler_pauses_a_channel_of_their_own_and_the_next_is_on_duty_until_it_is_over()
    {
        await using var hub = await RosterHub.StartAsync();
        using var butler = await hub.BehindAsync("butler-07");
        const string Mine = "/channels?person=butler-07";
        Assert.Contains("tel:138-0000-0007", await NowAsync());

        var answer = await DoAsync(
            butler, ("action", "pause"), ("channel", "hao-phone"), ("until", "2026-11-30T16:00"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(Mine, answer.Headers.Location!.OriginalString);
        var page = await butler.GetStringAsync($"{Mine}&lang=en", Cancel);
        Assert.Contains("paused until 16:00", page);
        Assert.Contains("Every channel of 王芳 is paused", page);
        Assert.DoesNotContain("tel:138-0000-0007", await NowAsync());

        hub.Time.Advance(TimeSpan.FromHours(4));
        Assert.Contains("tel:138-0000-0007", await NowAsync());
        Assert.DoesNotContain("paused until", await butler.GetStringAsync($"{Mine}&lang=en", Cancel));
        answer = await DoAsync(butler, ("action", "pause"), ("channel", "wang-phone"), ("until", "2026-11-30T18:00"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("only its person or the chief", await answer.Content.ReadAsStringAsync(Cancel));
        answer = await DoAsync(butler, ("action", "pause"), ("channel", "hao-phone"), ("until", "2026-12-30T18:00"));
        Assert.Contains("within 7 days", await answer.Content.ReadAsStringAsync(Cancel));
        answer = await DoAsync(butler, ("channel", "hao-phone"));
        Assert.Equal($"{Mine}&done=hao-phone", answer.Headers.Location!.OriginalString);

        Task<string> NowAsync() => butler.GetStringAsync("/roster/now?lang=en", Cancel);

        Task<HttpResponseMessage> DoAsync(HttpClient browser, params (string, string)[] fields) =>
            PagesHub.PostAsync(browser, Mine, "/channels/do", [.. fields, ("person", "butler-07")]);
    }

    [Fact]
    public async Task The_api_says_the_same()
    {
        await using var hub = await RosterHub.StartAsync();
        using var butler = await hub.BehindAsync("butler-07");
        using var chief = await hub.BehindAsync("chief-01");
        const string Path = "/api/v1/notify";

        await OkAsync(butler.PostAsJsonAsync($"{Path}/hao-phone/pause", new PauseRequest("2026-11-30 16:00"), Cancel));
        Assert.Contains("\"pausedUntil\":\"2026-11-30T", await butler.GetStringAsync(Path, Cancel));
        await OkAsync(chief.DeleteAsync($"{Path}/hao-phone/pause", Cancel));
        Assert.DoesNotContain("\"pausedUntil\":\"", await butler.GetStringAsync(Path, Cancel));
        await OkAsync(butler.PostAsync($"{Path}/hao-phone/test", null, Cancel));

        await IsAsync(HttpStatusCode.Forbidden, butler.PostAsync($"{Path}/wang-phone/test", null, Cancel));
        await IsAsync(HttpStatusCode.Forbidden, butler.DeleteAsync($"{Path}/wang-phone/pause", Cancel));
        await IsAsync(HttpStatusCode.Forbidden, butler.GetAsync($"{Path}/deliveries", Cancel));
        await IsAsync(HttpStatusCode.NotFound, chief.DeleteAsync($"{Path}/drums/pause", Cancel));
        await IsAsync(HttpStatusCode.Conflict, PauseAsync("desk-screen", "2026-11-30 16:00"));
        await IsAsync(HttpStatusCode.BadRequest, PauseAsync("wang-phone", "soon"));

        Task<HttpResponseMessage> PauseAsync(string channel, string until) =>
            chief.PostAsJsonAsync($"{Path}/{channel}/pause", new PauseRequest(until), Cancel);

        static Task OkAsync(Task<HttpResponseMessage> answer) => IsAsync(HttpStatusCode.OK, answer);

        static async Task IsAsync(HttpStatusCode status, Task<HttpResponseMessage> answer) =>
            Assert.Equal(status, (await answer).StatusCode);
    }
}
