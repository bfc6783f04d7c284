using Hub.Edge.Outbox;
using Hub.Gateway;
using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// A hub's data folder on its first day: two homes that are empty, a lobby, two edges in service, rules for them. Made
/// once by the real rooms; each simulated hub begins with a copy.
/// </summary>
internal static class HubTemplate
{
    public static readonly DateTimeOffset FirstDay = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    private const string SiteYaml = """
        site: { id: simulated, name: Simulated, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: edge-1-home, kind: unit, name: "1-101", occupancy: custody, vacantSince: 2026-01-01 }
          - { id: edge-2-home, kind: unit, name: "1-102", occupancy: custody, vacantSince: 2026-01-01 }
          - { id: edge-1-lobby, kind: lobby, name: "Lobby 1" }
          - { id: edge-2-lobby, kind: lobby, name: "Lobby 2" }
        """;

    private static readonly (string Device, string Signal, string Place)[] Points =
    [
        ("m1", "water.volume", "home"), ("t1", "climate.temperature", "home"), ("door", "door.open", "home"),
        ("lobby", EdgeSignals.Press, "lobby"),
    ];

    private static readonly Lazy<Dictionary<string, byte[]>> Files = new(Make);

    public static void CopyTo(string folder)
    {
        foreach (var (name, bytes) in Files.Value)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }

    public static DbContextOptions<HubDb> Database(string path) =>
        (DbContextOptions<HubDb>)StorageSetup.Use(new DbContextOptionsBuilder<HubDb>(), path).Options;

    private static Dictionary<string, byte[]> Make()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["rules"]);
        foreach (var pack in new[] { "kiosks", "vacant-units" })
        {
            File.WriteAllText(folder[$"rules/{pack}.yaml"], DefaultPacks.YamlOf(pack));
        }

        File.WriteAllText(folder["site.yaml"], SiteYaml);
        MakeAsync(folder).GetAwaiter().GetResult();
        SqliteConnection.ClearAllPools();
        return new[] { "hub.db", "journal.db" }.ToDictionary(name => name, name => File.ReadAllBytes(folder[name]));
    }

    private static async Task MakeAsync(TempFolder folder)
    {
        var time = new ManualTime(FirstDay);
        var options = new HubOptions
        {
            DataFolder = folder.Path,
            SiteFile = folder["site.yaml"],
            RulesFolder = folder["rules"],
        };
        var database = new Databases(folder["hub.db"]);
        await using (var db = database.CreateDbContext())
        {
            StorageSetup.CreateTables(db);
        }

        using var journal = JournalLog.Open(
            folder["journal.db"], new JournalOptions(), time, NullLogger<JournalLog>.Instance, _ => { });
        using var book = new SiteBook(journal, database, options, time);
        await book.StartAsync(CancellationToken.None);
        foreach (var edge in new[] { "edge-1", "edge-2" })
        {
            foreach (var (device, signal, place) in Points)
            {
                await book.CommissionAsync(edge, device, signal, $"{edge}-{place}", CancellationToken.None);
                var sent = SentUnits.Of(Signal.Of(signal), EdgeSignals.UnitOf(signal) ?? "");
                await book.ResolveAsync(edge, device, signal, sent, CancellationToken.None);
            }
        }

        await book.StopAsync(CancellationToken.None);
    }

    internal sealed class Databases(string path) : IDbContextFactory<HubDb>
    {
        private readonly DbContextOptions<HubDb> _options = Database(path);

        public HubDb CreateDbContext() => new(_options);
    }
}
