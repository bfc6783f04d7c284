using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Edge.Kiosk;

/// <summary>The kiosk's page: one address to look at, one to listen to, two forms to post.</summary>
public sealed class KioskPages(
    KioskDesk desk, PressTokens tokens, KioskWatch watch, KioskOptions options, TimeProvider time, TimeProvider pace)
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>How often the page is looked at anew: for what changes by time alone.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(10);

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
    private int _listeners;

    public void Map(WebApplication app)
    {
        watch.Map(app);
        app.MapGet("/", () => Results.Redirect("/kiosk"));
        app.MapGet("/kiosk", Page);
        app.MapGet("/kiosk/live", Live);
        app.MapGet("/kiosk/alive", () => Results.NoContent());
        app.MapPost("/kiosk/press", PressAsync).DisableAntiforgery();
        app.MapPost("/kiosk/cancel", CancelAsync).DisableAntiforgery();
        app.MapGet("/kiosk/sizes.css", () => Results.Text(
            string.Create(CultureInfo.InvariantCulture, $":root {{ --mm: {options.PixelsPerInch / 25.4:0.###}px; }}\n"),
            "text/css"));
        app.MapGet("/kiosk/kiosk.css", () => Asset("kiosk.css", "text/css"));
        app.MapGet("/kiosk/kiosk.js", () => Asset("kiosk.js", "text/javascript"));
    }

    private static IResult Asset(string name, string type) =>
        Results.Stream(typeof(KioskPages).Assembly.GetManifestResourceStream(name)!, type + "; charset=utf-8");

    private IResult Page(HttpContext context) =>
        Results.Text(Markup().Page(desk.View(), Look(context), desk.Clock, tokens.Issue()), Html);

    private async Task<IResult> PressAsync(HttpContext context, [FromForm] string? token)
    {
        var taken = tokens.Take(token ?? "");
        if (taken is null)
        {
            return Results.Text("This form is not from this kiosk.", statusCode: StatusCodes.Status400BadRequest);
        }

        // The same form again is the same press: it was taken, or has failed and said so.
        if (taken is { IsFirst: true, PressId: var id })
        {
            await desk.PressAsync(id, time.GetUtcNow());
        }

        return Back(context);
    }

    private async Task<IResult> CancelAsync(HttpContext context, [FromForm] string? call)
    {
        await desk.CancelAsync(call ?? "");
        return Back(context);
    }

    /// <summary>
    /// To the page again, so that a reload posts nothing; the page's own script hears the change instead.
    /// </summary>
    private IResult Back(HttpContext context) =>
        context.Request.Headers.Accept == "text/event-stream"
            ? Results.NoContent()
            : Results.LocalRedirect("/kiosk" + Look(context).Query, permanent: false, preserveMethod: false);

    private IResult Live(HttpContext context, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _listeners) > options.ListenersMax)
        {
            Interlocked.Decrement(ref _listeners);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        context.Response.OnCompleted(() =>
        {
            Interlocked.Decrement(ref _listeners);
            return Task.CompletedTask;
        });
        return TypedResults.ServerSentEvents(ScreensAsync(Look(context), cancel));
    }

    private async IAsyncEnumerable<SseItem<string>> ScreensAsync(
        KioskLook look, [EnumeratorCancellation] CancellationToken cancel)
    {
        object? shown = null;
        var beatAt = pace.GetUtcNow() + BeatEvery;
        while (!cancel.IsCancellationRequested)
        {
            if (watch.IsReloadDue)
            {
                yield return new SseItem<string>("", "reload");
                yield break;
            }

            var changed = desk.WhenChanged();
            var (view, clock, place) = (desk.View(), desk.Clock, desk.Place);
            var minute = clock?.UtcTicks / TimeSpan.TicksPerMinute;
            var now = (view, minute, place);
            if (!now.Equals(shown))
            {
                shown = now;
                var pieces = Markup().Render(view, look, clock, tokens.Issue());
                yield return new SseItem<string>(
                    JsonSerializer.Serialize(pieces, KioskJson.Default.KioskPieces), "screen");
            }
            else if (pace.GetUtcNow() >= beatAt)
            {
                beatAt = pace.GetUtcNow() + BeatEvery;
                yield return new SseItem<string>("", "beat");
            }

            await WaitAsync(changed, cancel);
        }
    }

    private async Task WaitAsync(Task changed, CancellationToken cancel)
    {
        try
        {
            await changed.WaitAsync(LookEvery, pace, cancel);
        }
        catch (TimeoutException)
        {
            // Nothing happened; time may have.
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The page has gone.
        }
    }

    private KioskLook Look(HttpContext context) =>
        KioskLook.Of(context.Request.Query, desk.Place.Languages, desk.Place.LanguageDefault);

    private KioskMarkup Markup() => new(desk.Place, _zone, options.IsDemo);
}
