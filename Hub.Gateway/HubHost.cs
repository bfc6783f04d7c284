using System.Net;
using Hub.Gateway.Access;
using Hub.Gateway.Announce;
using Hub.Gateway.Attach;
using Hub.Gateway.Backup;
using Hub.Gateway.Broker;
using Hub.Gateway.EdgeConfig;
using Hub.Gateway.Facilities;
using Hub.Gateway.Fleet;
using Hub.Gateway.Health;
using Hub.Gateway.Homecoming;
using Hub.Gateway.Ingest;
using Hub.Gateway.Inspections;
using Hub.Gateway.Journal;
using Hub.Gateway.Live;
using Hub.Gateway.Notify;
using Hub.Gateway.Ports;
using Hub.Gateway.Reports;
using Hub.Gateway.Roster;
using Hub.Gateway.Rulebook;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Gateway.Units;
using Hub.Gateway.Watch;
using Hub.Gateway.Web;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.WorkOrders;
using Hub.Transport.Log;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway;

/// <summary>One hub: every room in the order in which a reading passes through them.</summary>
public static class HubHost
{
    /// <param name="options">How it is set up.</param>
    /// <param name="time">Domain time; the demo runs it faster.</param>
    /// <param name="more">What a host around it adds, such as the demo's simulator.</param>
    public static WebApplication Build(
        HubOptions options, TimeProvider time, Action<WebApplicationBuilder>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HubHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        var start = new HostStart();
        AddLog(builder.Logging, start);
        builder.Services.AddSingleton(start);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddOpenApi("v1");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Http);
        });

        builder.AddStorage(options).AddJournal(options).AddSite()
            .AddIngest().AddBroker(options).AddAttach(options).AddAccess().AddPorts(options)
            .AddRoster().AddWorkOrders(options).AddNotify(options).AddWatch(options)
            .AddRulebook().AddSeries(options).AddUnits().AddInspections(options).AddEdgeConfig().AddFleet(options)
            .AddHealth().AddReports().AddHomecoming().AddFacilities().AddAnnounce()
            .AddWeb(options);
        more?.Invoke(builder);

        var app = builder.Build();
        app.MapIngest();
        app.MapAccess(access => access.For(Roles.Commissioners));
        app.MapWorkOrders();
        app.MapRoster(staff => staff.For(Roles.Staff), keepers => keepers.For(Roles.Commissioners));
        app.MapNotify(staff => staff.For(Roles.Staff), keepers => keepers.For(Roles.Commissioners));
        app.MapRulebook();
        app.MapSeries(backfill => backfill.For(Roles.Commissioners));
        app.MapUnits();
        app.MapInspections();
        app.MapReports();
        app.MapHomecoming();
        app.MapFacilities();
        app.MapBackup();
        app.MapFleet(commission => commission.For(Roles.Commissioners), CallerOf);
        app.MapEdgeConfig(config => config.For(Roles.Commissioners), CallerOf);
        app.MapPorts();
        app.MapWeb();
        app.MapOpenApi("/openapi/{documentName}.json");
        return app;
    }

    /// <summary>Runs it until it is told to stop, and prints the ready line once it accepts. The exit code.</summary>
    /// <param name="more">What a host around it adds to the ready line.</param>
    public static async Task<int> RunAsync(WebApplication app, string more, CancellationToken cancel)
    {
        await using (app)
        {
            var start = app.Services.GetRequiredService<HostStart>();
            var stopping = app.Lifetime.ApplicationStopping;
            start.ToldBy = [cancel, stopping];
            // One token ends it, whoever asks: of two, each might wait for what the other's callbacks are doing.
            using var asked = cancel.Register(() => HostEnd.Ask(app.Lifetime));
            try
            {
                await app.Services.GetRequiredService<StorageKeeper>().HoldAsync(stopping);
                await OpenTablesAsync(app.Services, app.Services.GetRequiredService<HubOptions>(), stopping);
                await app.StartAsync(CancellationToken.None); // The host ends its start by its own token.
                start.IsOver = true;
                await Console.Out.WriteLineAsync($"ready {Addresses(app)}{more}");
                await app.WaitForShutdownAsync(CancellationToken.None);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // While it was still starting, by a person or by a room that can't go on: which, is said below. The
                // rooms that had begun end as ever; the host may hear of it late that they were cancelled.
                await app.StopAsync(CancellationToken.None);
            }

            // A journal or a room that can't go on ends the hub, and whoever supervises it must see that.
            var hasFailed = app.Services.GetRequiredService<JournalLog>().Failure is not null
                || app.Services.GetServices<IHostedService>().OfType<BackgroundService>()
                    .Any(room => room.ExecuteTask is { IsFaulted: true });
            return hasFailed ? Cli.ExitCode.Failure : Cli.ExitCode.Ok;
        }
    }

    private static string CallerOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ICallers>().CallerOf(context)?.Id ?? "";

    /// <summary>The tables as this version needs them, of what could be read of them if they were damaged.</summary>
    internal static async Task OpenTablesAsync(
        IServiceProvider services, HubOptions options, CancellationToken cancel)
    {
        if (options.Postgres is null)
        {
            var journal = services.GetRequiredService<JournalLog>();
            services.GetRequiredService<DatabaseBook>().Open(
                StorageSetup.RescueOf(
                    Path.Combine(options.DataFolder, "hub.db"), (db, recovery) => Mend(db, recovery, journal)),
                isExpected: journal.Tail > LogPosition.Start);
        }

        var database = services.GetRequiredService<IDbContextFactory<HubDb>>();
        await using var db = await database.CreateDbContextAsync(cancel);
        StorageSetup.CreateTables(db);
    }

    /// <summary>What the journal knows of rows that are gone.</summary>
    private static void Mend(HubDb db, DatabaseRecovery recovery, JournalLog journal)
    {
        if (recovery.HasLost("site_changes"))
        {
            SiteMend.Mend(db, journal);
        }

        DeskMend.Mend(db);
        CheckpointStore.Forget(db);
    }

    /// <summary>Where it really listens, also where a port was left to the system. Kestrel lists HTTP first.</summary>
    private static string Addresses(WebApplication app)
    {
        var options = app.Services.GetRequiredService<HubOptions>();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address).Port).ToList();
        var http = $"http={new IPEndPoint(options.Http.Address, addresses[0])}";
        if (options.Attach is { IsOnly: true } attach)
        {
            return $"{http} attached={attach.Address}";
        }

        var tls = options.MqttTls is { Address: var open } ? $" mqtts={new IPEndPoint(open, addresses[2])}" : "";
        return $"{http} mqtt={new IPEndPoint(options.Mqtt.Address, addresses[1])}{tls}";
    }

    /// <summary>Standard output belongs to the ready line and to data: the log goes to standard error.</summary>
    private static void AddLog(ILoggingBuilder logging, HostStart start)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A start that was told to end is cut short, and that is no failure.
        logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && !start.IsCutShort);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        // Pages set their own no-store, and the keys lie in the hub's own folder: neither is news.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // What fails there comes as an exception to whoever asked, who says what it means.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
    }
}
