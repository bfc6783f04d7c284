namespace Hub.Gateway.WorkOrders;

/// <summary>What a route of the API asks of its caller: a name that can stand in a record, and a role.</summary>
public static class StaffDoor
{
    /// <summary>
    /// Only these roles; without any, the staff, and quality where nothing is changed. A stranger gets 401, others 403.
    /// </summary>
    public static TBuilder ForStaff<TBuilder>(this TBuilder route, params ActorRole[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        route.AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            return context.RequestServices.GetRequiredService<ICallers>().CallerOf(context) switch
            {
                null => Problem(StatusCodes.Status401Unauthorized, "Sign in first: the record says who did what."),
                var caller when !MayPass(caller, context.Request.Method, roles) => Problem(
                    StatusCodes.Status403Forbidden, "This is not for your role."),
                _ => await next(call),
            };
        });

    /// <summary>Who it is, behind such a door.</summary>
    public static Actor Caller(this HttpContext context) =>
        context.RequestServices.GetRequiredService<ICallers>().CallerOf(context)
        ?? throw new InvalidOperationException("This route has no door.");

    private static bool MayPass(Actor caller, string method, ActorRole[] roles) => roles.Length > 0
        ? roles.Contains(caller.Role)
        : caller.IsStaff || (caller.Role == ActorRole.Quality && HttpMethods.IsGet(method));

    private static IResult Problem(int status, string detail) => TypedResults.Problem(
        detail: detail, statusCode: status);
}
