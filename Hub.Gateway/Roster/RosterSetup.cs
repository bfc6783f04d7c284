using Hub.Gateway.WorkOrders;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.Roster;

public static class RosterSetup
{
    /// <summary>Before the work orders: who is called has to be known before the first clock runs out.</summary>
    public static WebApplicationBuilder AddRoster(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(new RosterOptions());
        builder.Services.AddSingleton<RosterBook>();
        builder.Services.AddSingleton<IDuty>(services => services.GetRequiredService<RosterBook>());
        builder.Services.AddSingleton<RosterDoor>();
        builder.Services.AddHostedService<RosterKeeper>();
        return builder;
    }

    /// <param name="staff">Who may read it and write into it.</param>
    /// <param name="keepers">Who may replace it.</param>
    public static WebApplication MapRoster(
        this WebApplication app, Action<IEndpointConventionBuilder> staff, Action<IEndpointConventionBuilder> keepers)
    {
        var door = app.Services.GetRequiredService<RosterDoor>();
        var roster = app.MapGroup("/api/v1/roster").WithTags("roster");
        roster.MapGet("/", door.ShowAsync)
            .WithSummary("People, grids, shifts, the ladder, covers and hand-over notes.");
        roster.MapGet("/on-duty", door.OnDuty)
            .WithSummary("Who is called for space= at=, rung by rung; without at=, now.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        roster.MapGet("/gaps", door.Gaps)
            .WithSummary("The hours without a butler in the coming days=, and who is called then.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        roster.MapPost("/covers", door.AddCoverAsync).WithSummary("Somebody stands in for somebody, from then to then.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        roster.MapDelete("/covers/{id:long}", door.EndCoverAsync).WithSummary("Takes a cover back.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        roster.MapPost("/handovers", door.LeaveAsync).WithSummary("Leaves a note for whoever comes next in a grid.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        roster.MapPost("/handovers/{id:long}/taken", door.TakeOverAsync).WithSummary("Signs a note: read, taken over.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        staff(roster);
        keepers(roster.MapPost("/", door.ImportAsync)
            .WithSummary("A new roster of tables (CSV), covers, or both; or every fault. With dryRun nothing changes.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity));
        return app;
    }
}
