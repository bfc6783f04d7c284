using System.Text.Json;
using Hub.Gateway.Ingest;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.EdgeConfig;

public static class EdgeConfigSetup
{
    public static WebApplicationBuilder AddEdgeConfig(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(new EdgeConfigOptions());
        builder.Services.AddSingleton<ConfigBook>();
        builder.Services.AddSingleton<IEdgeWatcher>(services => services.GetRequiredService<ConfigBook>());
        builder.Services.AddSingleton<ConfigSender>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ConfigSender>());
        builder.Services.AddHostedService<ReportKeeper>();
        builder.Services.AddSingleton<ConfigDoor>();
        return builder;
    }

    /// <param name="guard">Who may look and send.</param>
    /// <param name="by">Who asks, for what is kept with it.</param>
    public static WebApplication MapEdgeConfig(
        this WebApplication app, Action<IEndpointConventionBuilder> guard, Func<HttpContext, string> by)
    {
        var door = app.Services.GetRequiredService<ConfigDoor>();
        var all = app.MapGroup("/api/v1/devices/{edge}/config").WithTags("fleet");
        all.MapGet("", door.Show)
            .WithSummary("The configuration that is wanted of an edge, and what the edge says to it.")
            .Produces<ConfigAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        all.MapPut(
                "",
                (string edge, HttpContext context, CancellationToken cancel, int wait = 0, string? file = null) =>
                    door.PutAsync(edge, wait, file, by(context), context, cancel))
            .WithSummary("Sends an edge a configuration; waits so many seconds for what it says to it.")
            .Accepts<JsonElement>("application/json").Produces<ConfigAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        all.MapDelete(
                "",
                (string edge, HttpContext context, CancellationToken cancel) =>
                    door.TakeBackAsync(edge, by(context), context, cancel))
            .WithSummary("Wants nothing of an edge any more; it goes on with what it has.")
            .Produces<ConfigAnswer>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        guard(all);
        return app;
    }
}
