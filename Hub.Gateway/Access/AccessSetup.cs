using Hub.Gateway.Broker;

namespace Hub.Gateway.Access;

public static class AccessSetup
{
    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder) =>
        builder.AddAccess(new AccessOptions());

    /// <summary>Needs hub.db; the broker asks it who is let in.</summary>
    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder, AccessOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<AccessBook>();
        builder.Services.AddSingleton<ClientAuthority>();
        builder.Services.AddSingleton<SignIn>();
        builder.Services.AddSingleton<IBrokerAccess>(services => services.GetRequiredService<SignIn>());
        builder.Services.AddSingleton<AccessDoor>();
        builder.Services.AddHostedService<AccessKeeper>();
        return builder;
    }

    /// <param name="guard">Who may say who gets in; null lets everybody.</param>
    public static WebApplication MapAccess(this WebApplication app, Action<IEndpointConventionBuilder>? guard = null)
    {
        var door = app.Services.GetRequiredService<AccessDoor>();
        app.MapPost("/api/v1/enrol", door.EnrolAsync)
            .WithTags("access")
            .WithSummary("Exchanges a device's one-time token for its user name and password, which stand here once.")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        var access = app.MapGroup("/api/v1/access").WithTags("access");
        access.MapGet("/", door.List)
            .WithSummary("Every device and account that may connect or was revoked, with its rights.");
        access.MapPost("/devices/{device}/token", door.MakeTokenAsync)
            .WithSummary("A one-time token with which the device enrols itself within a day.");
        access.MapPost("/devices/{device}/password", door.MakePasswordAsync)
            .WithSummary("A password for a device that can't enrol itself; it stands here once.");
        access.MapPost("/devices/{device}/certificate", door.AddCertificateAsync)
            .WithSummary("Makes a client certificate the device's credential.");
        access.MapPut("/accounts/{name}", door.PutAccountAsync)
            .WithSummary("An account for a program, with topic patterns; its new password stands here once.");
        access.MapPost("/{name}/revoke", door.RevokeAsync)
            .WithSummary("Takes all credentials from a device or an account and cuts its connections.");
        guard?.Invoke(access);
        return app;
    }
}
