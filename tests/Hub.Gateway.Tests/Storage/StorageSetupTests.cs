using Hub.Gateway.Storage;
using Hub.Testing;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Tests.Storage;

public sealed class StorageSetupTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_hub_db_of_an_older_version_gets_the_tables_it_lacks_and_keeps_what_it_has()
    {
        await using var db = Open();
        StorageSetup.CreateTables(db);
        var whole = await NamesAsync(db);
        await db.Database.ExecuteSqlRawAsync("DROP TABLE credentials", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlRawAsync("DROP TABLE principals", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO retained(topic, packet) VALUES ('kept', x'00')", TestContext.Current.CancellationToken);
        Assert.NotEqual(whole, await NamesAsync(db));

        await using var next = Open();
        StorageSetup.CreateTables(next);
        StorageSetup.CreateTables(next);

        Assert.Equal(whole, await NamesAsync(next));
        Assert.Equal(["kept"], await next.Database.SqlQueryRaw<string>("SELECT topic AS Value FROM retained")
            .ToListAsync(TestContext.Current.CancellationToken));
    }

    private HubDb Open() => new(
        (DbContextOptions<HubDb>)StorageSetup.Use(new DbContextOptionsBuilder<HubDb>(), _folder["hub.db"]).Options);

    /// <summary>Tables and indexes.</summary>
    private static Task<List<string>> NamesAsync(HubDb db) =>
        db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master ORDER BY name")
            .ToListAsync(TestContext.Current.CancellationToken);
}
