using System.Net;
using System.Text.Json;
using Hub.Gateway.Web;

namespace Hub.Gateway.Tests.Web;

public class EventLineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_hears_what_time_it_is_and_then_every_change()
    {
        await using var hub = await PagesHub.StartAsync();
        using var line = await Line.OpenAsync(hub);
        var now = await line.EventAsync("now");
        Assert.Equal(PagesHub.T0.ToUnixTimeMilliseconds(), now.GetProperty("now").GetInt64());
        Assert.Equal(60, now.GetProperty("speed").GetInt32());

        await hub.RaiseAsync(SampleNight.Press(PagesHub.T0));

        var change = await line.EventAsync("order");
        Assert.Equal("1", change.GetProperty("key").GetString());
        Assert.Equal("no", line.Answer.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal("text/event-stream", line.Answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_silent_line_says_that_it_is_alive()
    {
        await using var hub = await PagesHub.StartAsync(web: new WebOptions { PingEvery = TimeSpan.FromMilliseconds(50) });
        using var line = await Line.OpenAsync(hub);
        await line.EventAsync("now");

        Assert.Equal(": still here", await line.UntilAsync(text => text.StartsWith(':')));
        // Each ping tells the time again, so that a clock that drifts is put right.
        await line.EventAsync("now");
    }

    [Fact]
    public async Task When_the_speed_of_the_demo_changes_every_clock_is_told()
    {
        await using var hub = await PagesHub.StartAsync();
        using var line = await Line.OpenAsync(hub);
        await line.EventAsync("now");
        hub.Demo.State = hub.Demo.State with { Speed = 600 };

        hub.Feed.Publish("demo", "speed");

        await line.EventAsync("demo");
        Assert.Equal(600, (await line.EventAsync("now")).GetProperty("speed").GetInt32());
    }

    [Fact]
    public async Task A_key_can_not_break_out_of_its_line()
    {
        await using var hub = await PagesHub.StartAsync();
        using var line = await Line.OpenAsync(hub);
        await line.EventAsync("now");

        hub.Feed.Publish("device", "edge\n\nevent: order\ndata: {}");
        hub.Feed.Publish("de\nvice", "x");

        Assert.Equal("edge\n\nevent: order\ndata: {}", (await line.EventAsync("device")).GetProperty("key").GetString());
        Assert.Equal("x", (await line.EventAsync("change")).GetProperty("key").GetString());
    }

    [Fact]
    public async Task One_page_too_many_is_asked_to_come_again_and_a_closed_one_makes_room()
    {
        await using var hub = await PagesHub.StartAsync(web: new WebOptions
        {
            StreamsMax = 1,
            PingEvery = TimeSpan.FromMilliseconds(20),
        });
        using var browser = hub.Browser();
        using (var first = await Line.OpenAsync(hub))
        {
            await first.EventAsync("now");
            using var second = await browser.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
            Assert.NotNull(second.Headers.RetryAfter);
        }

        HttpStatusCode status;
        do
        {
            using var third = await browser.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
            status = third.StatusCode;
        }
        while (status != HttpStatusCode.OK);
    }

    private sealed class Line(HttpClient browser, HttpResponseMessage answer, StreamReader reader) : IDisposable
    {
        public HttpResponseMessage Answer => answer;

        public static async Task<Line> OpenAsync(PagesHub hub)
        {
            var browser = hub.Browser();
            var answer = await browser.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
            return new Line(browser, answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel)));
        }

        public async Task<string> UntilAsync(Func<string, bool> isIt)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(20));
            while (await reader.ReadLineAsync(patience.Token) is { } text)
            {
                if (isIt(text))
                {
                    return text;
                }
            }

            throw new InvalidOperationException("The line was closed.");
        }

        public async Task<JsonElement> EventAsync(string name)
        {
            await UntilAsync(text => text == $"event: {name}");
            var data = await UntilAsync(text => text.StartsWith("data: ", StringComparison.Ordinal));
            return JsonDocument.Parse(data["data: ".Length..]).RootElement;
        }

        public void Dispose()
        {
            reader.Dispose();
            answer.Dispose();
            browser.Dispose();
        }
    }
}
