using System.Data.Common;
using Hub.Gateway.Storage;
using Hub.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Hub.Gateway.Tests.Storage;

/// <summary>Tables of one test: a hub.db in a folder of its own, or a schema of a real PostgreSQL.</summary>
internal sealed class Tables : IDbContextFactory<HubDb>, IDisposable
{
    private readonly TempFolder? _folder;
    private readonly DbContextOptions<HubDb> _options;

    public Tables()
    {
        _folder = new TempFolder();
        var builder = new DbContextOptionsBuilder<HubDb>();
        StorageSetup.Use(builder, _folder["hub.db"]);
        _options = builder.AddInterceptors(new NoSync()).Options;
    }

    public Tables(PostgresServer server)
    {
        Postgres = new PostgresOptions(server.NewPlace(), PostgresServer.Password);
        _options = (DbContextOptions<HubDb>)StorageSetup.Use(new DbContextOptionsBuilder<HubDb>(), Postgres).Options;
    }

    /// <summary>Null where it is a hub.db.</summary>
    public PostgresOptions? Postgres { get; }

    public HubDb CreateDbContext() => new(_options);

    /// <summary>The same tables, through somebody who can get in the way.</summary>
    public HubDb CreateDbContext(IInterceptor interceptor) =>
        new(new DbContextOptionsBuilder<HubDb>(_options).AddInterceptors(interceptor).Options);

    /// <summary>What a query of one column of text answers, in its order.</summary>
    public async Task<List<string>> AskAsync(string query)
    {
        await using var db = CreateDbContext();
        return await db.Database.SqlQueryRaw<string>(query).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task DoAsync(string sql)
    {
        await using var db = CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            using (var connection = new SqliteConnection(CreateDbContext().Database.GetConnectionString()))
            {
                SqliteConnection.ClearPool(connection);
            }

            _folder.Dispose();
        }
        else
        {
            using var connection = new Npgsql.NpgsqlConnection(Postgres!.ConnectionString);
            Npgsql.NpgsqlConnection.ClearPool(connection);
        }
    }

    /// <summary>The process is not really killed in these tests, and waiting for a busy disk tells them nothing.</summary>
    private sealed class NoSync : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
            Quicken(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Quicken(connection);
            return Task.CompletedTask;
        }

        private static void Quicken(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=OFF";
            command.ExecuteNonQuery();
        }
    }
}
