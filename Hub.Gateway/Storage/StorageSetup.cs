using System.Data.Common;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Hub.Gateway.Storage;

public static class StorageSetup
{
    private static readonly SqliteWaiting Waiting = new(TimeSpan.FromSeconds(30));

    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder, HubOptions options)
    {
        builder.Services.AddDbContextFactory<HubDb>(db => Use(db, options));
        builder.Services.AddSingleton<StorageKeeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StorageKeeper>());
        builder.Services.TryAddSingleton(new StorageOptions());
        builder.Services.AddSingleton<DatabaseBook>();
        builder.Services.AddHostedService<DatabaseInspector>();
        return builder;
    }

    /// <summary>The PostgreSQL that the options name, or hub.db in the data folder.</summary>
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder db, HubOptions options) =>
        options.Postgres is { } postgres ? Use(db, postgres) : Use(db, Path.Combine(options.DataFolder, "hub.db"));

    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder db, PostgresOptions postgres) =>
        db.UseNpgsql(postgres.ConnectionString);

    /// <summary>A hub.db at that path, made with its tables if it is not there yet.</summary>
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder db, string path) => db
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString())
        .AddInterceptors(Waiting);

    /// <summary>A hub.db's rescue: its tables are made by the steps that the damaged one had taken.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="mend">What the rooms make good where rows are gone.</param>
    public static DatabaseRescue RescueOf(string path, Action<HubDb, DatabaseRecovery> mend) =>
        new(path, CreateAsBefore)
        {
            CheckBytesMax = long.MaxValue,
            Mend = (made, _, recovery) =>
            {
                if (!recovery.IsComplete)
                {
                    using var db = new HubDb(
                        new DbContextOptionsBuilder<HubDb>().UseSqlite(made).Options);
                    mend(db, recovery);
                }

                return recovery;
            },
        };

    /// <summary>Brings the tables to where this version needs them, whatever made them.</summary>
    /// <exception cref="IOException">A newer version of the hub has written them.</exception>
    public static void CreateTables(HubDb db)
    {
        Prepare(db);
        db.Database.OpenConnection();
        try
        {
            Migrations.Apply(db.Database.GetDbConnection(), db.Database.IsSqlite() ? "Sqlite" : "Postgres");
        }
        finally
        {
            db.Database.CloseConnection();
        }
    }

    /// <summary>The database can't be written or reached, whichever it is: to be tried again later.</summary>
    public static bool IsFailure(Exception e) =>
        // EF says so of what it takes for a passing trouble of the server.
        e is DbException or DbUpdateException or InvalidOperationException { InnerException: DbException };

    private static void CreateAsBefore(SqliteConnection made, SqliteTables damaged)
    {
        var taken = damaged.RowsOf(Migrations.Table).Select(row => row.Values[0] as string).OfType<string>().ToList();
        Migrations.Apply(made, "Sqlite", taken.Count > 0 ? taken : null);
    }

    /// <summary>
    /// A server has gone away, or takes nobody in for now: it will be back, and what was asked of it is asked again.
    /// Never said of a file.
    /// </summary>
    public static bool IsAway(Exception e) => e switch
    {
        // 57P: it is being shut down or started, or has crashed.
        PostgresException server => server.IsTransient || server.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException driver => driver.IsTransient,
        DbUpdateException or InvalidOperationException => e.InnerException is { } inner && IsAway(inner),
        _ => false,
    };

    /// <summary>
    /// Before anything is read. WAL lets pages read while the desk writes; FULL, the default, makes a commit mean that
    /// it is on the disk. What stands in the write-ahead log may be what a failed sync has left, which can be read and
    /// will never be on the disk: it is copied into the file, and synced there, before anybody counts on it.
    /// </summary>
    internal static void Prepare(HubDb db)
    {
        if (db.Database.IsSqlite())
        {
            db.Database.ExecuteSqlRaw("PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
}
