using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hub.Gateway.Live;
using Hub.Gateway.Web.Tour;

namespace Hub.Gateway.Web.Events;

/// <summary>
/// Server-sent events for open pages (HTML Living Standard, 9.2): what has changed, and what time it is. Written by
/// hand
/// rather than with the framework's result, which can't send the comment lines that keep a silent stream open.
/// </summary>
public sealed class EventLine(
    LiveFeed feed, IDemoControl demo, TimeProvider time, WebOptions options, IHostApplicationLifetime life)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Default };

    private int _open;

    public int OpenCount => Volatile.Read(ref _open);

    public async Task AnswerAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _open) > options.StreamsMax)
        {
            Interlocked.Decrement(ref _open);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "30";
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, life.ApplicationStopping);
        try
        {
            await FollowAsync(context.Response, stop.Token);
        }
        catch (Exception e) when (stop.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The page has gone or the hub is stopping: the usual end of a stream.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task FollowAsync(HttpResponse response, CancellationToken cancel)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";

        // Follow first, speak then: a change between a page's drawing and this line is caught by the page's own
        // fetch.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var changes = feed.FollowAsync(ending.Token).GetAsyncEnumerator(ending.Token);
        var next = changes.MoveNextAsync().AsTask();
        try
        {
            await response.WriteAsync("retry: 2000\n" + Now(), cancel);
            await response.Body.FlushAsync(cancel);
            while (!cancel.IsCancellationRequested)
            {
                var text = await NextAsync(next, cancel) ? null : ": still here\n\n" + Now();
                if (text is null)
                {
                    if (!await next)
                    {
                        return;
                    }

                    text = Say(changes.Current);
                    next = changes.MoveNextAsync().AsTask();
                }

                await response.WriteAsync(text, cancel);
                await response.Body.FlushAsync(cancel);
            }
        }
        finally
        {
            // Nobody may be waiting for a next change when the changes are given back.
            await ending.CancelAsync();
            await Task.WhenAny(next);
        }
    }

    /// <summary>True for a change, false when it is time to say that the stream is alive.</summary>
    private async Task<bool> NextAsync(Task<bool> next, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ping = Task.Delay(options.PingEvery, options.NetworkTime, patience.Token);
        var first = await Task.WhenAny(next, ping);
        await patience.CancelAsync();
        return first == next;
    }

    private string Say(LiveChange change)
    {
        var data = JsonSerializer.Serialize(new { topic = change.Topic, key = change.Key }, Json);
        var said = string.Create(
            CultureInfo.InvariantCulture, $"id: {change.Number}\nevent: {Name(change.Topic)}\ndata: {data}\n\n");
        // The demo may have changed the speed of time, which every ticking clock must know.
        return change.Topic == "demo" ? said + Now() : said;
    }

    private string Now() => string.Create(
        CultureInfo.InvariantCulture,
        $"event: now\ndata: {{\"now\":{time.GetUtcNow().ToUnixTimeMilliseconds()},\"speed\":{demo.State.Speed}}}\n\n");

    /// <summary>A line break in a topic would end the field.</summary>
    private static string Name(string topic) => topic.All(char.IsAsciiLetterOrDigit) ? topic : "change";
}
