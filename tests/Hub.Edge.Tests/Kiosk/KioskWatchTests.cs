using System.Net;
using Hub.Edge.Kiosk;

namespace Hub.Edge.Tests.Kiosk;

/// <summary>A screen that is looked after, over HTTP.</summary>
public sealed class KioskWatchTests : KioskVisit
{
    protected override KioskOptions Options => base.Options with { IsWatched = true };

    [Fact]
    public async Task A_silent_page_is_told_to_reload_and_then_its_browser_and_the_machine_are_to_be_started_again()
    {
        Assert.Equal("none", await CureAsync());
        Pace.Advance(KioskHeartbeat.ReloadAfter);
        using (var live = await Http.GetAsync("kiosk/live", HttpCompletionOption.ResponseHeadersRead, Cancel))
        {
            Assert.Contains("event: reload", await live.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Equal("none", await CureAsync());
        Pace.Advance(KioskHeartbeat.RestartAfter);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("restart", await CureAsync());
            Assert.Equal("none", await CureAsync());
            Pace.Advance(KioskHeartbeat.RestartEvery);
        }

        Assert.Equal("reboot", await CureAsync());
        await Edge.DisposeAsync();
        Edge = await StartAsync();
        Http.Dispose();
        using var http = new HttpClient { BaseAddress = Edge.KioskAddress };
        Pace.Advance(KioskHeartbeat.RestartAfter + (10 * KioskHeartbeat.RestartEvery));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("restart", await CureAsync(http)); // It remembers that the machine was started again today.
            Pace.Advance(KioskHeartbeat.RestartEvery);
        }
    }

    [Fact]
    public async Task A_beat_of_the_page_itself_counts_and_one_of_another_sites_page_does_not()
    {
        Pace.Advance(KioskHeartbeat.RestartAfter);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, new Uri("kiosk/beat", UriKind.Relative));
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await Http.SendAsync(foreign, Cancel)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync("beat")).StatusCode);
        Assert.Equal("none", await CureAsync());
    }

    private Task<string> CureAsync() => CureAsync(Http);

    private static async Task<string> CureAsync(HttpClient http)
    {
        using var answer = await http.PostAsync("kiosk/cure", null, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
