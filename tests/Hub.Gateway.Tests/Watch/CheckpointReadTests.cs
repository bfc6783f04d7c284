using System.Data.Common;
using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Storage;
using Hub.Gateway.Watch;
using Hub.Rules.Engine;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Watch;

/// <summary>The goal: a disk that can't be read for a moment is not taken for a bad checkpoint.</summary>
public sealed class CheckpointReadTests : IDisposable
{
    private const int DiskError = 10;

    private readonly Tables _tables = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task A_disk_error_is_told_and_the_checkpoint_is_there_at_the_next_start()
    {
        await using (var db = _tables.CreateDbContext())
        {
            StorageSetup.CreateTables(db);
        }

        var snapshot = new RulesEngine(RuleSet.From()).BeginSnapshot();
        snapshot.Advance(int.MaxValue);
        Assert.True(await Store(_tables).SaveAsync(snapshot, new LogPosition(3), Cancel));

        var told = await Assert.ThrowsAsync<SqliteException>(
            () => Store(new BadDisk(_tables)).LoadAsync(new LogPosition(9), Cancel));

        Assert.Equal(DiskError, told.SqliteErrorCode);
        Assert.Equal(new LogPosition(3), (await Store(_tables).LoadAsync(new LogPosition(9), Cancel))!.Value.Position);
    }

    private static CheckpointStore Store(IDbContextFactory<HubDb> tables) =>
        new(tables, new WatchOptions(), NullLogger<CheckpointStore>.Instance);

    /// <summary>The row that names the parts can be read, the parts can't.</summary>
    private sealed class BadDisk(Tables tables) : DbCommandInterceptor, IDbContextFactory<HubDb>
    {
        private int _reads;

        public HubDb CreateDbContext() => tables.CreateDbContext(this);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default) =>
            ++_reads == 2 ? throw new SqliteException("disk I/O error", DiskError) : ValueTask.FromResult(result);
    }
}
