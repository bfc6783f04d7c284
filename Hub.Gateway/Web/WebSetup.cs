using System.Text.Encodings.Web;
using System.Text.Unicode;
using Hub.Gateway.Live;
using Hub.Gateway.Web.Charts;
using Hub.Gateway.Web.Devices;
using Hub.Gateway.Web.Events;
using Hub.Gateway.Web.Facilities;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Health;
using Hub.Gateway.Web.Inbox;
using Hub.Gateway.Web.Orders;
using Hub.Gateway.Web.Reports;
using Hub.Gateway.Web.Roster;
using Hub.Gateway.Web.Rounds;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.Web.Tour;
using Hub.Gateway.Web.Vacant;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.Web;

public static class WebSetup
{
    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder, HubOptions options)
    {
        var services = builder.Services;
        services.TryAddSingleton(options);
        services.TryAddSingleton(new WebOptions());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LiveFeed>();
        services.TryAddSingleton<IDemoControl, NoDemo>();

        services.AddRazorComponents();
        // Chinese, Japanese and Korean go out as they are; what could close a tag or an attribute is still encoded.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddDataProtection()
            .SetApplicationName("BuildingHub")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.DataFolder, "keys")));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "hub.form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddAuthentication(Visitors.Scheme).AddCookie(Visitors.Scheme, cookie =>
        {
            cookie.Cookie.Name = "hub.visitor";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            // Its clock is the visitor's real day, whatever speed the demo's building runs at.
            cookie.TimeProvider = TimeProvider.System;
        });
        services.AddSingleton<Visitors>();
        services.AddSingleton<Frames>();
        services.AddSingleton<EventLine>();
        services.AddSingleton<Gate>();
        services.AddSingleton<ChartMaker>();
        services.AddSingleton<Unheard>();
        services.AddSingleton<InboxMaker>();
        services.AddSingleton<OrderMaker>();
        services.AddSingleton<VacantMaker>();
        services.AddSingleton<UnitMaker>();
        services.AddSingleton<RoundsMaker>();
        services.AddSingleton<FacilitiesMaker>();
        services.AddSingleton<DevicesOfSite>();
        services.AddSingleton<FleetMaker>();
        services.AddSingleton<RosterMaker>();
        services.AddSingleton<LossesMaker>();
        services.AddSingleton<BuildingMaker>();
        services.AddSingleton<TourMaker>();
        return builder;
    }

    public static WebApplication MapWeb(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<Gate>();
        app.Use(next => context => Headers.Add(context, next));
        app.Use(next => context => gate.PassAsync(context, next));
        app.UseRouting();
        app.UseAuthentication();

        app.MapGet("/assets/{**name}", WebAssets.Answer);
        app.MapGet("/api/v1/events", EventsAsync);
        HealthDoors.Map(app);
        TourDoors.Map(app);
        InboxDoors.Map(app);
        NewOrderDoors.Map(app);
        OrderDoors.Map(app);
        VacantDoors.Map(app);
        UnitDoors.Map(app);
        RoundsDoors.Map(app);
        FacilitiesDoors.Map(app);
        ReportsDoors.Map(app);
        FleetDoors.Map(app);
        RosterDoors.Map(app);
        ChannelDoors.Map(app);
        return app;
    }

    private static Task EventsAsync(HttpContext context, Visitors visitors, HubOptions options, EventLine stream)
    {
        // In the demo the picture lives before a door is taken; elsewhere only whoever may see pages may see their
        // changes.
        if (!options.IsDemo && visitors.Of(context) is null)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return stream.AnswerAsync(context);
    }
}
