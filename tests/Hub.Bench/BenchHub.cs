using System.Net;
using Hub.Gateway;
using Hub.Gateway.Broker;
using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Bench;

/// <summary>
/// The gateway's real way in, without its followers: broker, ingest, journal (fsynced), site. Run as a process of its own,
/// as Mosquitto is: <c>Hub.Bench ingest ingest-hub PORT FOLDER</c>.
/// </summary>
internal static class BenchHub
{
    private const string SiteYaml = """
        site: { id: bench, zone: Asia/Shanghai, hotline: "400-000-0000" }
        commissioning:
          - { device: "load-*", space: load-test, auto: true }
        """;

    public static async Task<int> RunAsync(int port, string folder)
    {
        var site = Path.Combine(folder, "site.yaml");
        await File.WriteAllTextAsync(site, SiteYaml);
        var options = new HubOptions
        {
            DataFolder = folder,
            Mqtt = new IPEndPoint(IPAddress.Loopback, port),
            SiteFile = site,
            AllowAnonymousLoopback = true,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddStorage(options).AddJournal(options).AddSite().AddIngest().AddBroker(options);
        await using var app = builder.Build();
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync())
        {
            StorageSetup.CreateTables(db);
        }

        await app.StartAsync();
        // Whoever started this process ends it by closing its input.
        await Console.In.ReadToEndAsync();
        var counters = app.Services.GetRequiredService<IngestService>()
            .Count(app.Services.GetRequiredService<MqttBroker>().Counters.Acknowledged);
        Console.WriteLine($"{counters}, {app.Services.GetRequiredService<JournalLog>().Commits} commits");
        await app.StopAsync();
        return 0;
    }
}
