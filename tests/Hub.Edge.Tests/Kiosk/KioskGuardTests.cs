using System.Net;

namespace Hub.Edge.Tests.Kiosk;

/// <summary>Who may press, and what the page lets a browser do.</summary>
public sealed class KioskGuardTests : KioskVisit
{
    [Theory]
    [InlineData("evil.example", null, null)]
    [InlineData(null, "https://evil.example", null)]
    [InlineData(null, null, "cross-site")]
    [InlineData(null, null, "same-site")]
    [InlineData(null, "null", null)]
    public async Task Foreign_hosts_and_foreign_pages_press_nothing(string? host, string? origin, string? site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "kiosk/press")
        {
            Content = new FormUrlEncodedContent([new("token", await TokenAsync())]),
        };
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        var answer = await Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(Records);
    }

    [Fact]
    public async Task The_kiosks_own_browser_presses()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "kiosk/press")
        {
            Content = new FormUrlEncodedContent([new("token", await TokenAsync())]),
        };
        request.Headers.Add("Origin", Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Accept", "text/event-stream");

        Assert.Equal(HttpStatusCode.NoContent, (await Http.SendAsync(request, Cancel)).StatusCode);
        Assert.Single(Records);
    }

    [Fact]
    public async Task A_form_that_is_not_from_here_presses_nothing()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PressAsync("abc")).StatusCode);
        Assert.Empty(Records);
    }

    [Fact]
    public async Task Every_answer_forbids_foreign_script_frames_and_caches()
    {
        var answer = await Http.GetAsync("kiosk", Cancel);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotMatch("<script(?! type=\"module\" src=)|style=|onclick", page);
    }
}
