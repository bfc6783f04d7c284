using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hub.Edge.Kiosk;

/// <summary>Serves the kiosk's page on its own small web server.</summary>
public sealed class KioskServer : IAsyncDisposable
{
    private const int FormBytesMax = 4 << 10;
    private const int ConnectionsMax = 64;

    private readonly WebApplication _app;

    private KioskServer(WebApplication app) => _app = app;

    /// <summary>Where the page really is; the port may have been left to the system.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First() + "/kiosk");

    public static async Task<KioskServer> StartAsync(
        KioskPages pages, KioskOptions options, ILoggerFactory loggers, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = FormBytesMax;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
            kestrel.Listen(options.Endpoint);
        });
        var app = builder.Build();
        app.Use((context, next) =>
        {
            KioskGuard.Protect(context.Response);
            if (KioskGuard.Refusal(context.Request, options.HostsAllowed) is { } why)
            {
                context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
                return context.Response.WriteAsync(why, context.RequestAborted);
            }

            return next(context);
        });
        app.UseRouting();
        pages.Map(app);
        await app.StartAsync(cancel);
        return new KioskServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        // Pages that listen would hold the stop for half a minute; they find out by themselves.
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
