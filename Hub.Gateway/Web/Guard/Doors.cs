using Hub.Gateway.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Gateway.Web.Guard;

/// <summary>What a route asks of its visitor.</summary>
public static class Doors
{
    /// <summary>Only these roles get in; the demo shows strangers its doors first.</summary>
    public static TBuilder For<TBuilder>(this TBuilder route, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        route.AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            var visitor = context.RequestServices.GetRequiredService<Visitors>().Of(context);
            if (visitor is not null && roles.Contains(visitor.Role))
            {
                return await next(call);
            }

            if (visitor is null && context.RequestServices.GetRequiredService<HubOptions>().IsDemo
                && HttpMethods.IsGet(context.Request.Method))
            {
                return Results.Redirect("/?next=" + Uri.EscapeDataString(context.Request.Path));
            }

            var frame = context.RequestServices.GetRequiredService<Frames>().For(context, "");
            var view = new TroubleView(StatusCodes.Status403Forbidden, "", string.Join(' ', roles));
            return Answers.Page<TroublePage, TroubleView>(frame, view, StatusCodes.Status403Forbidden);
        });

    /// <summary>A form of the hub's own pages, with its token.</summary>
    /// <param name="route">Where it is posted to.</param>
    /// <param name="bytesMax">Its size at most; null for that of the pages' usual forms.</param>
    public static RouteHandlerBuilder Form(this RouteHandlerBuilder route, int? bytesMax = null)
    {
        // The filter checks the token; the framework's own check would answer before a page can be drawn.
        route.DisableAntiforgery();
        return route.AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            var max = bytesMax ?? context.RequestServices.GetRequiredService<WebOptions>().FormBytesMax;
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = max;
            }

            if (!context.Request.HasFormContentType)
            {
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
            if (await IsReadableAsync(context) && await antiforgery.IsRequestValidAsync(context))
            {
                return await next(call);
            }

            var frame = context.RequestServices.GetRequiredService<Frames>().For(context, "");
            var view = new TroubleView(StatusCodes.Status400BadRequest, "", "");
            return Answers.Page<TroublePage, TroubleView>(frame, view, StatusCodes.Status400BadRequest);
        });
    }

    private static async Task<bool> IsReadableAsync(HttpContext context)
    {
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            // Too many fields, or a null character: no page of ours sends that.
            return false;
        }
    }
}
