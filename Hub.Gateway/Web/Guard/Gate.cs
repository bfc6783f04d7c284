using Hub.Gateway.Storage;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Guard;

/// <summary>Stands before every page: the right host, the right origin, and a last word when something
/// breaks.</summary>
public sealed partial class Gate(
    HubOptions options, Frames frames, IServiceScopeFactory scopes, ILogger<Gate> logger, StorageKeeper? storage = null)
{
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!Origins.IsHostAllowed(options.Http.Address, request.Host.Host))
        {
            await PlainAsync(
                context, StatusCodes.Status421MisdirectedRequest, "This hub does not answer to that name.");
            return;
        }

        if (!Origins.IsChangeAllowed(
            request.Method, request.Scheme, request.Host.Value ?? "", request.Headers["Sec-Fetch-Site"],
            request.Headers.Origin))
        {
            await PlainAsync(context, StatusCodes.Status403Forbidden, "A change must come from the hub's own pages.");
            return;
        }

        var isChange = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        if (isChange && storage is { AwaySince: not null })
        {
            await AwayAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (StorageSetup.IsAway(e) && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await Headers.Add(context, static _ => Task.CompletedTask);
            await AwayAsync(context);
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await FailedAsync(context, e);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: 403 or 404 or 405, ContentType: null } response
            && WantsPage(request))
        {
            await TroubleAsync(context, response.StatusCode, "");
        }
    }

    /// <summary>Neither lost nor done: it has to be asked again.</summary>
    private async Task AwayAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        if (WantsPage(context.Request))
        {
            await TroubleAsync(context, StatusCodes.Status503ServiceUnavailable, "");
        }
        else
        {
            await Results.Problem(
                detail: "Nothing was done. Readings and presses are kept meanwhile; ask again in a moment.",
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "The hub's database is away.",
                type: "urn:buildinghub:storage:away").ExecuteAsync(context);
        }
    }

    private async Task FailedAsync(HttpContext context, Exception e)
    {
        var id = context.TraceIdentifier;
        if (e is BadHttpRequestException bad)
        {
            Log.BadRequest(logger, id, bad.Message);
            await PlainAsync(context, bad.StatusCode, "The request can't be read.");
            return;
        }

        Log.Failed(logger, id, context.Request.Path, e);
        context.Response.Clear();
        await Headers.Add(context, static _ => Task.CompletedTask);
        try
        {
            await TroubleAsync(context, StatusCodes.Status500InternalServerError, id);
        }
        catch (Exception again) when (!context.Response.HasStarted)
        {
            // The error page itself is broken: say the least that helps.
            Log.Failed(logger, id, context.Request.Path, again);
            await PlainAsync(
                context, StatusCodes.Status500InternalServerError, $"Something broke. Its number is {id}.");
        }
    }

    private async Task TroubleAsync(HttpContext context, int status, string id)
    {
        // The request's own scope may be what broke.
        await using var scope = scopes.CreateAsyncScope();
        var services = context.RequestServices;
        context.RequestServices = scope.ServiceProvider;
        context.SetEndpoint(null);
        var view = new TroubleView(status, id, "");
        await Answers.Page<TroublePage, TroubleView>(frames.For(context, ""), view, status).ExecuteAsync(context);
        context.RequestServices = services;
    }

    private static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/assets");

    private static Task PlainAsync(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(words, context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(4401, LogLevel.Error, "Request {Id} for {Path} broke; its visitor has seen that number.")]
        public static partial void Failed(ILogger logger, string id, string path, Exception e);

        [LoggerMessage(4402, LogLevel.Debug, "Request {Id} can't be read: {Why}")]
        public static partial void BadRequest(ILogger logger, string id, string why);
    }
}
