using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Storage;

public static class StorageSetup
{
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder, HubOptions options)
    {
        builder.Services.AddDbContextFactory<HubDb>(db => Use(db, Path.Combine(options.DataFolder, "hub.db")));
        return builder;
    }

    /// <summary>A hub.db at that path, made with its tables if it is not there yet.</summary>
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder db, string path) => db.UseSqlite(
        new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString());

    public static void CreateTables(HubDb db)
    {
        if (!db.Database.EnsureCreated())
        {
            // Of an older version: it gets the tables that it lacks. Tables only ever come to it whole.
            db.Database.ExecuteSqlRaw(db.Database.GenerateCreateScript()
                .Replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", StringComparison.Ordinal)
                .Replace("INDEX ", "INDEX IF NOT EXISTS ", StringComparison.Ordinal));
        }

        Prepare(db);
    }

    /// <summary>
    /// Before anything is read. WAL lets pages read while the desk writes; FULL, the default, makes a commit mean that
    /// it is on the disk. What stands in the write-ahead log may be what a failed sync has left, which can be read and
    /// will never be on the disk: it is copied into the file, and synced there, before anybody counts on it.
    /// </summary>
    internal static void Prepare(HubDb db) =>
        db.Database.ExecuteSqlRaw("PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE)");
}
