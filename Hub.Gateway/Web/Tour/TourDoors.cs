using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Microsoft.AspNetCore.Authentication;

namespace Hub.Gateway.Web.Tour;

/// <summary>The first page, the picture of the building, the demo's doors and its simulator panel.</summary>
public static class TourDoors
{
    private const int ArgumentCharsMax = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", HomeAsync);
        Picture<BuildingPage>(routes, "/building");
        Picture<BuildingFragment>(routes, "/building/picture");
        if (!routes.ServiceProvider.GetRequiredService<HubOptions>().IsDemo)
        {
            return;
        }

        Part<TourLivingFragment>(routes, "/tour/living");
        Part<TourPanelFragment>(routes, "/tour/panel");
        routes.MapPost("/enter", EnterAsync).Form();
        routes.MapPost("/leave", (Delegate)LeaveAsync).Form();
        routes.MapPost("/demo/do", DoAsync).Form();
    }

    /// <summary>A path of this hub; <c>//elsewhere</c> and <c>/\elsewhere</c> are other people's houses.</summary>
    public static bool IsOwnPath(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\')
        && !path.Any(char.IsControl);

    private static async Task<IResult> HomeAsync(
        HttpContext context, HubOptions options, Frames frames, TourMaker tour, string? next, CancellationToken cancel)
    {
        if (!options.IsDemo)
        {
            return Results.Redirect("/inbox");
        }

        var frame = frames.For(context, "tour");
        return Answers.Page<TourPage, TourView>(frame, await tour.MakeAsync(frame, next, cancel));
    }

    private static void Part<TPage>(IEndpointRouteBuilder routes, string path)
        where TPage : Page<TourView> =>
        routes.MapGet(path, async (HttpContext context, Frames frames, TourMaker tour, CancellationToken cancel) =>
        {
            var frame = frames.For(context, "tour");
            return Answers.Page<TPage, TourView>(frame, await tour.MakeAsync(frame, null, cancel));
        });

    private static void Picture<TPage>(IEndpointRouteBuilder routes, string path)
        where TPage : Page<BuildingView> =>
        routes.MapGet(path, async (
            HttpContext context, Frames frames, BuildingMaker building, CancellationToken cancel) =>
        {
            var frame = frames.For(context, "building");
            return Answers.Page<TPage, BuildingView>(frame, await building.MakeAsync(frame, cancel));
        }).For(Roles.Staff);

    private static async Task<IResult> EnterAsync(HttpContext context, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var form = context.Request.Form;
        if (Visitors.Demo.FirstOrDefault(one => one.Id == form["door"]) is not { } visitor)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        await Visitors.SignInAsync(context, visitor);
        var next = form["next"].ToString();
        return new SeeOther(IsOwnPath(next) ? next : visitor.Role == Roles.Engineer ? "/fleet" : "/inbox");
    }

    private static async Task<IResult> LeaveAsync(HttpContext context)
    {
        await context.SignOutAsync(Visitors.Scheme);
        return new SeeOther("/");
    }

    /// <summary>The panel belongs to the demo and needs no role: who opened the page may play with its
    /// building.</summary>
    private static async Task<IResult> DoAsync(
        HttpContext context, Frames frames, TourMaker tour, IDemoControl demo, CancellationToken cancel)
    {
        var form = context.Request.Form;
        var (action, argument) = (form["action"].ToString(), form["argument"].ToString());
        if (!DemoActions.All.Contains(action) || argument.Length > ArgumentCharsMax)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        if (await demo.DoAsync(action, argument.Length > 0 ? argument : null, cancel) is not { } trouble)
        {
            return new SeeOther("/");
        }

        var frame = frames.For(context, "tour");
        var view = await tour.MakeAsync(frame, null, cancel, trouble);
        return Answers.Page<TourPage, TourView>(frame with { Here = "/" }, view, StatusCodes.Status409Conflict);
    }
}
