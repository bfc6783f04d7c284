using Hub.Gateway.Units;
using Hub.Gateway.WorkOrders;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Gateway.Homecoming;

/// <summary>Announced returns over HTTP.</summary>
public static class HomecomingApi
{
    public static WebApplication MapHomecoming(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Homecoming").ForStaff()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/homecomings", (HomecomingService homecoming, CancellationToken cancel) =>
            homecoming.ListAsync(cancel)).WithSummary("Returns that are still to come, the next one first.");
        api.MapPost("/units/{id}/homecoming", AnnounceAsync)
            .WithSummary("The owner has said when: orders to air, clean, flush and check; lived in on arrival.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/units/{id}/homecoming", async (
                string id, HomecomingService homecoming, CancellationToken cancel) =>
                await homecoming.CancelAsync(id, cancel) is { } refusal
                    ? UnitsApi.Problem(refusal)
                    : TypedResults.NoContent())
            .WithSummary("The owner does not come after all.").ProducesProblem(StatusCodes.Status404NotFound);
        return app;
    }

    private static async Task<IResult> AnnounceAsync(
        string id, [FromBody] ReturnBody body, HttpContext context, HomecomingService homecoming,
        CancellationToken cancel)
    {
        var refusal = await homecoming.AnnounceAsync(id, body.ArrivesAt, context.Caller().Id, cancel);
        if (refusal is not null)
        {
            return UnitsApi.Problem(refusal);
        }

        await homecoming.DoDueAsync(cancel);
        return TypedResults.Ok((await homecoming.ListAsync(cancel)).FirstOrDefault(plan => plan.Unit == id));
    }

    /// <param name="ArrivesAt">When the owner comes.</param>
    public sealed record ReturnBody(DateTimeOffset ArrivesAt);
}
