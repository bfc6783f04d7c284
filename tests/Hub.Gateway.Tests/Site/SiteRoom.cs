using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Site;

/// <summary>A site book on a real journal and a real hub.db, which can be stopped and started again.</summary>
internal sealed class SiteRoom : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    public ManualTime Time { get; } = new();

    public JournalLog Journal { get; private set; } = null!;

    public SiteBook Book { get; private set; } = null!;

    public IDbContextFactory<HubDb> Database { get; private set; } = null!;

    public static async Task<SiteRoom> OpenAsync(string siteYaml)
    {
        var room = new SiteRoom();
        await File.WriteAllTextAsync(room._folder["site.yaml"], siteYaml);
        await room.StartAsync();
        return room;
    }

    public async Task RestartAsync(string? siteYaml = null)
    {
        await StopAsync();
        if (siteYaml is not null)
        {
            await File.WriteAllTextAsync(_folder["site.yaml"], siteYaml);
        }

        await StartAsync();
    }

    /// <summary>The files that a hub of this room has, to be rewritten by a test.</summary>
    public HubOptions Options => new()
    {
        DataFolder = _folder.Path,
        SiteFile = _folder["site.yaml"],
        RulesFolder = Directory.Exists(_folder["rules"]) ? _folder["rules"] : null,
    };

    public string this[string name] => _folder[name];

    /// <summary>Every site change that the journal holds, in its order.</summary>
    public async Task<List<Entry.Changed>> JournalledAsync()
    {
        var changes = new List<Entry.Changed>();
        var tail = Journal.Tail;
        await foreach (var row in Journal.FollowAsync("test", LogPosition.Start, CancellationToken.None))
        {
            changes.AddRange(row.Entries.OfType<Entry.Changed>());
            if (row.Position >= tail)
            {
                break;
            }
        }

        return changes;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        Journal = JournalLog.Open(
            _folder["journal.db"], new JournalOptions(), Time, NullLogger<JournalLog>.Instance, _ => { });
        Database = new Factory(_folder["hub.db"]);
        await using (var db = Database.CreateDbContext())
        {
            StorageSetup.CreateTables(db);
        }

        Book = new SiteBook(Journal, Database, Options, Time);
        await Book.StartAsync(CancellationToken.None);
    }

    private async Task StopAsync()
    {
        await Book.StopAsync(CancellationToken.None);
        Journal.Dispose();
    }

    private sealed class Factory(string path) : IDbContextFactory<HubDb>
    {
        private readonly DbContextOptions<HubDb> _options =
            (DbContextOptions<HubDb>)StorageSetup.Use(new DbContextOptionsBuilder<HubDb>(), path).Options;

        public HubDb CreateDbContext() => new(_options);
    }
}
