using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Web.Health;

/// <summary>Whether the process answers, and whether it can keep its promises.</summary>
public static class HealthDoors
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Liveness depends on nothing: a broken disk must not make a supervisor restart the hub in a circle.
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(
        IDbContextFactory<HubDb> databases, IHostApplicationLifetime life, CancellationToken cancel)
    {
        if (life.ApplicationStopping.IsCancellationRequested || !life.ApplicationStarted.IsCancellationRequested)
        {
            return Results.Text("starting or stopping\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Database.CanConnectAsync(cancel)
            ? Results.Text("ready\n")
            : Results.Text("the hub's tables can't be reached\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
