using System.Net;
using Hub.Gateway.Access;
using Hub.Gateway.Attach;
using Hub.Gateway.Broker;
using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Ports;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Broker;

/// <summary>The hub's intake for real: Kestrel on a free port, journal and hub.db in a folder, a site that lets load-* in.</summary>
internal sealed class RunningHub : IAsyncDisposable
{
    private const string SiteYaml = """
        site: { id: court, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: b1-e1-0301, kind: unit, name: "301", occupancy: custody, vacantSince: 2026-05-03 }
        edges:
          - id: edge-b1
            devices:
              - { id: w-0301, space: b1-e1-0301, every: 60 s, points: [ { signal: water.volume, pulse: 1 L } ] }
        commissioning:
          - { device: "load-*", space: load-test, auto: true }
        """;

    private readonly WebApplication _app;

    private RunningHub(WebApplication app, int port) => (_app, Port) = (app, port);

    public int Port { get; }

    /// <summary>Where it listens: HTTP, MQTT, and MQTT over TLS if there is that.</summary>
    public IReadOnlyList<Uri> Addresses =>
    [
        .. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address)),
    ];

    public JournalLog Journal => _app.Services.GetRequiredService<JournalLog>();

    public MqttBroker Broker => _app.Services.GetRequiredService<MqttBroker>();

    public AccessBook Access => _app.Services.GetRequiredService<AccessBook>();

    public AttachStatus Link => _app.Services.GetRequiredService<AttachLink>().Status;

    public IDownlink Downlink => _app.Services.GetRequiredService<IDownlink>();

    public IngestCounters Counters =>
        _app.Services.GetRequiredService<IngestService>().Count(Broker.Counters.Acknowledged);

    public bool IsStopping =>
        _app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RunningHub> StartAsync(
        TempFolder folder, bool allowAnonymous = true, BrokerOptions? broker = null, IRowLog? log = null,
        TimeProvider? time = null, IngestOptions? ingest = null, IBrokerAccess? access = null,
        AccessOptions? signIn = null, string site = "", Func<HubOptions, HubOptions>? with = null,
        int? port = null)
    {
        await File.WriteAllTextAsync(folder["site.yaml"], $"{SiteYaml}\n{site}", Cancel);
        var options = new HubOptions
        {
            DataFolder = folder.Path,
            Mqtt = new IPEndPoint(IPAddress.Loopback, port ?? FreePorts.Next()),
            SiteFile = folder["site.yaml"],
            AllowAnonymousLoopback = allowAnonymous,
            Http = new IPEndPoint(IPAddress.Loopback, 0),
        };
        options = with?.Invoke(options) ?? options;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options.Http));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.AddStorage(options).AddJournal(options).AddSite().AddIngest(ingest ?? new IngestOptions())
            .AddBroker(broker ?? new BrokerOptions()).AddAttach(options).AddAccess(signIn ?? new AccessOptions())
            .AddPorts(options);
        if (access is not null)
        {
            builder.Services.AddSingleton(access);
        }

        if (log is not null)
        {
            builder.Services.AddSingleton(services => new JournalLog(
                log, new JournalOptions(), services.GetRequiredService<TimeProvider>(), NullLogger<JournalLog>.Instance,
                _ => services.GetRequiredService<IHostApplicationLifetime>().StopApplication()));
        }

        var app = builder.Build();
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(Cancel))
        {
            StorageSetup.CreateTables(db);
        }

        app.MapPorts();
        await app.StartAsync(Cancel);
        return new RunningHub(app, options.Mqtt.Port);
    }

    /// <summary>All entries in the journal, readings copied.</summary>
    public async Task<List<Entry>> EntriesAsync()
    {
        var entries = new List<Entry>();
        var tail = Journal.Tail;
        if (tail < Journal.First)
        {
            return entries;
        }

        await foreach (var row in Journal.FollowAsync("test", LogPosition.Start, Cancel))
        {
            entries.AddRange(row.Entries.Select(entry =>
                entry is Entry.Readings readings ? readings with { Items = readings.Items.ToArray() } : entry));
            if (row.Position >= tail)
            {
                break;
            }
        }

        return entries;
    }

    /// <summary>What hub.db answers, beside whoever else has it open.</summary>
    public static async Task<long> QueryAsync(TempFolder folder, string query)
    {
        await using var db = new SqliteConnection($"Data Source={folder["hub.db"]}");
        await db.OpenAsync(Cancel);
        await using var command = db.CreateCommand();
        command.CommandText = query;
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    /// <summary>Waits until it holds; publishes and commits go their own ways.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 2_400; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(25, Cancel);
        }

        Assert.Fail("It never came to hold.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }
}
