using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Transport.Log;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Watch;

/// <summary>
/// Keeps the engine's state in hub.db. A row is replaced whole or not at all, so there is no half-written checkpoint;
/// one that another version of the engine wrote is not used, and the journal is read again instead.
/// </summary>
public sealed partial class CheckpointStore(
    IDbContextFactory<HubDb> dbs, WatchOptions options, ILogger<CheckpointStore> logger)
{
    /// <summary>The engine as it was saved; null if there is nothing that this one can use.</summary>
    /// <param name="tail">The journal's last row: a state from beyond it belongs to another journal.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<(RulesEngine Engine, LogPosition Position)?> LoadAsync(LogPosition tail, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<CheckpointRow>().AsNoTracking().FirstOrDefaultAsync(cancel);
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

        try
        {
            using var reader = new BinaryReader(new MemoryStream(row.State, writable: false));
            return (RulesEngine.Load(reader, RuleSet.From()), position);
        }
        catch (Exception e)
        {
            // Whatever is wrong with it, the journal has everything that made it.
            Log.NotUsable(logger, position, e);
            return null;
        }
    }

    /// <summary>Replaces the saved state. False if it is too large to be saved.</summary>
    public async Task<bool> SaveAsync(RulesEngine engine, LogPosition position, CancellationToken cancel)
    {
        using var state = new MemoryStream();
        await using (var writer = new BinaryWriter(state, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            engine.Save(writer);
        }

        if (state.Length > options.CheckpointBytesMax)
        {
            Log.TooLarge(logger, state.Length, options.CheckpointBytesMax);
            return false;
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = new CheckpointRow { Position = position.Value, State = state.ToArray() };
        db.Entry(row).State = await db.Set<CheckpointRow>().AnyAsync(cancel) ? EntityState.Modified : EntityState.Added;
        await db.SaveChangesAsync(cancel);
        return true;
    }

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
