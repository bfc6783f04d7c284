using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Microsoft.AspNetCore.Authentication;

namespace Hub.Gateway.Web.Tour;

/// <summary>The demo's doors: taking a role, leaving it, and the simulator panel.</summary>
public static class TourDoors
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/enter", EnterAsync).Form();
        routes.MapPost("/leave", (Delegate)LeaveAsync).Form();
    }

    private static async Task<IResult> EnterAsync(HttpContext context, HubOptions options)
    {
        var form = context.Request.Form;
        var visitor = Visitors.Demo.FirstOrDefault(one => one.Id == form["door"]);
        if (!options.IsDemo || visitor is null)
        {
            return Results.NotFound();
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

    /// <summary>A path of this hub; <c>//elsewhere</c> and <c>/\elsewhere</c> are other people's houses.</summary>
    public static bool IsOwnPath(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\')
        && !path.Any(char.IsControl);
}
