namespace Hub.Gateway.Fleet;

public static class FleetSetup
{
    public static WebApplicationBuilder AddFleet(this WebApplicationBuilder builder, HubOptions options)
    {
        _ = options;
        builder.Services.AddSingleton(new FleetOptions());
        builder.Services.AddSingleton<FleetBook>();
        builder.Services.AddSingleton<Replays>();
        builder.Services.AddSingleton<FleetDoor>();
        builder.Services.AddHostedService<FleetFollower>();
        return builder;
    }

    /// <param name="guard">Who may commission, replay and answer; null lets everybody in.</param>
    /// <param name="by">Who asks, for what is kept with an answer.</param>
    public static WebApplication MapFleet(
        this WebApplication app, Action<IEndpointConventionBuilder>? guard = null, Func<HttpContext, string>? by = null)
    {
        var door = app.Services.GetRequiredService<FleetDoor>();
        app.MapGet("/api/v1/devices", door.Devices)
            .WithTags("fleet")
            .WithSummary("Every edge and device, the worst first, and what waits to be commissioned.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
        app.MapGet("/api/v1/set-aside", door.SetAsideAsync)
            .WithTags("fleet")
            .WithSummary("Messages that could not become readings, the newest first, each with its reason.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        var commission = app.MapGroup("/api/v1/devices").WithTags("fleet")
            .WithSummary("Brings a proposed device into service at a space; its quarantined readings follow.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        commission.MapPost(
            "/{id}/commission",
            (string id, CommissionRequest request, CancellationToken cancel) =>
                door.CommissionAsync(id, request, cancel));
        commission.MapPost(
            "/{edge}/{device}/commission",
            (string edge, string device, CommissionRequest request, CancellationToken cancel) =>
                door.CommissionAsync($"{edge}/{device}", request, cancel));
        var replay = app.MapGroup("/api/v1/set-aside").WithTags("fleet")
            .WithSummary("Tries messages that were set aside again, as they would be taken today; each reading once.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        replay.MapPost("/replay", door.ReplayAsync);
        guard?.Invoke(commission);
        guard?.Invoke(replay);
        var answer = app.MapPost(
                "/api/v1/points/{point:int}/unit",
                (int point, UnitAnswer said, HttpContext context, CancellationToken cancel) =>
                    door.AnswerAsync(point, said, by?.Invoke(context) ?? "", cancel))
            .WithTags("fleet")
            .WithSummary("Says what it means that a point comes in another unit; its readings that wait follow.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        guard?.Invoke(answer);
        return app;
    }
}
