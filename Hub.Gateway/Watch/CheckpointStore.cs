using System.Buffers.Binary;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Watch;

/// <summary>
/// Keeps the engine's state in hub.db, in parts, for whoever writes there keeps the order desk waiting: each part is a
/// short commit of its own. Which parts make the state, and as of which journal row, is said by one row that is
/// replaced at the end, so there is no half-written checkpoint; one that another version of the engine wrote is not
/// used, and the journal is read again instead.
/// <code>
///   in force: set 0   1 ► (0, n, row 4711)   2 … n+1 parts      1,000,002 … being written
///   then              1 ► (1, m, row 5822)   2 … free           1,000,002 … m parts
/// </code>
/// </summary>
public sealed partial class CheckpointStore(
    IDbContextFactory<HubDb> dbs, WatchOptions options, ILogger<CheckpointStore> logger)
{
    /// <summary>After rows of the database are gone: the rules begin with the journal.</summary>
    public static void Forget(HubDb db) => db.Set<CheckpointRow>().ExecuteDelete();

    /// <summary>The engine as it was saved; null if there is nothing that this one can use.</summary>
    /// <param name="tail">The journal's last row: a state from beyond it belongs to another journal.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<(RulesEngine Engine, LogPosition Position)?> LoadAsync(LogPosition tail, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<CheckpointRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == CheckpointRow.TheId, cancel);
        if (row is null)
        {
            return null;
        }

        var position = new LogPosition(row.Position);
        if (position > tail)
        {
            Log.OtherJournal(logger, position, tail);
            return null;
        }

        // A disk or a server that can't be read now says nothing of the checkpoint: whoever supervises the hub hears of
        // it, and the next start has the checkpoint still.
        var (set, count) = ManifestOf(row.State);
        var first = CheckpointRow.FirstOf(set);
        var parts = await db.Set<CheckpointRow>().AsNoTracking()
            .Where(part => part.Id >= first && part.Id < first + count)
            .OrderBy(part => part.Id).Select(part => part.State).ToListAsync(cancel);
        try
        {
            var bytes = parts.Count == count && count > 0
                ? parts.Select(part => new ReadOnlyMemory<byte>(part))
                : throw new InvalidDataException($"It has {parts.Count} of its {count} parts.");
            return (RulesEngine.Load(bytes, RuleSet.From()), position);
        }
        catch (Exception e)
        {
            // Whatever is wrong with it, the journal has everything that made it.
            Log.NotUsable(logger, position, e);
            return null;
        }
    }

    /// <summary>
    /// Replaces the saved state. False if it is too large to be saved, or the database away: the one before stays in
    /// force, and the journal has what came since.
    /// </summary>
    public async Task<bool> SaveAsync(Snapshot snapshot, LogPosition position, CancellationToken cancel)
    {
        if (snapshot.Bytes > options.CheckpointBytesMax)
        {
            Log.TooLarge(logger, snapshot.Bytes, options.CheckpointBytesMax);
            return false;
        }

        try
        {
            await WriteAsync(snapshot, position, cancel);
            return true;
        }
        catch (Exception e) when (StorageSetup.IsAway(e))
        {
            return false;
        }
    }

    private async Task WriteAsync(Snapshot snapshot, LogPosition position, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await db.Database.OpenConnectionAsync(cancel);
        var row = await db.Set<CheckpointRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == CheckpointRow.TheId, cancel);
        var set = row is null ? 0 : 1 - SetOf(row.State);
        var id = CheckpointRow.FirstOf(set);
        foreach (var part in snapshot.Parts)
        {
            await WriteAsync(db, id++, position, part, cancel);
        }

        var end = CheckpointRow.FirstOf(set + 1);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<CheckpointRow>().Where(part => part.Id >= id && part.Id < end).ExecuteDeleteAsync(cancel);
        await WriteAsync(db, CheckpointRow.TheId, position, Manifest(set, snapshot.Parts.Count), cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task WriteAsync(
        HubDb db, int id, LogPosition position, ReadOnlyMemory<byte> state, CancellationToken cancel)
    {
        await using var transaction =
            db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        if (db.Database.GetDbConnection() is SqliteConnection sqlite)
        {
            // Written in place: a part is not copied into a parameter.
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT OR REPLACE INTO watch_checkpoint (Id, Position, State)
                VALUES ({id}, {position.Value}, zeroblob({state.Length}))
                """,
                cancel);
            await using var blob = new SqliteBlob(sqlite, "watch_checkpoint", nameof(CheckpointRow.State), id);
            await blob.WriteAsync(state, cancel);
        }
        else
        {
            await db.Set<CheckpointRow>().Where(row => row.Id == id).ExecuteDeleteAsync(cancel);
            db.Add(new CheckpointRow { Id = id, Position = position.Value, State = state.ToArray() });
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }

        if (transaction is not null)
        {
            await transaction.CommitAsync(cancel);
        }
    }

    private static byte[] Manifest(int set, int parts)
    {
        var bytes = new byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, set);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int)), parts);
        return bytes;
    }

    /// <summary>No parts where it says nothing of them: an older hub wrote it.</summary>
    private static (int Set, int Parts) ManifestOf(byte[] bytes) => bytes.Length == 2 * sizeof(int)
        ? (SetOf(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(sizeof(int))))
        : (0, 0);

    private static int SetOf(byte[] manifest) => manifest is [1, 0, 0, 0, ..] ? 1 : 0;

    private static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Warning,
            "The rules' checkpoint at row {Position} is beyond the journal's last row {Tail}: another journal. "
            + "Reading this one from its first row.")]
        public static partial void OtherJournal(ILogger logger, LogPosition position, LogPosition tail);

        [LoggerMessage(3102, LogLevel.Warning,
            "The rules' checkpoint at row {Position} can't be used. Reading the journal from its first row.")]
        public static partial void NotUsable(ILogger logger, LogPosition position, Exception e);

        [LoggerMessage(3103, LogLevel.Error,
            "The rules' state has {Bytes} bytes, at most {BytesMax} are saved: a restart will read the whole journal.")]
        public static partial void TooLarge(ILogger logger, long bytes, int bytesMax);
    }
}
