using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Broker;

/// <summary>
/// Lets sessions survive a restart: reads them before the first connection, and writes what changes, together. A crash
/// may lose the last moments (<see cref="BrokerOptions.SessionSaveDelay"/>); what came and went within one is never
/// written.
/// </summary>
internal sealed class SessionKeeper(
    SessionStore store, SessionBook book, IDbContextFactory<HubDb> databases, BrokerOptions options) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            var rows = await db.Set<SessionRow>().AsNoTracking().ToListAsync(cancellationToken);
            var messages = await db.Set<SessionMessageRow>().AsNoTracking()
                .OrderBy(row => row.Row).ToListAsync(cancellationToken);
            store.StartBehind(messages is [.., var last] ? last.Row : 0);
            var owed = messages.ToLookup(row => row.ClientId);
            foreach (var row in rows)
            {
                book.Restore(
                    row.ClientId, row.Read(),
                    owed[row.ClientId].Select(message => message.Read(options.NetworkTime)).OfType<Delivery>());
            }
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await store.WaitForChangeAsync(stoppingToken);
            await Task.Delay(options.SessionSaveDelay, options.NetworkTime, stoppingToken);
            // Not to be stopped half-way: the sessions have handed these changes over, and won't do so again.
            await SaveAsync(CancellationToken.None);
        }
    }

    private async Task SaveAsync(CancellationToken cancel)
    {
        var (gone, changes) = store.TakeChanges();
        if (gone.Count == 0 && changes.Count == 0)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var clientId in gone)
        {
            await db.Set<SessionMessageRow>().Where(row => row.ClientId == clientId).ExecuteDeleteAsync(cancel);
            await db.Set<SessionRow>().Where(row => row.ClientId == clientId).ExecuteDeleteAsync(cancel);
        }

        foreach (var change in changes)
        {
            await SaveAsync(db, change, cancel);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task SaveAsync(HubDb db, SessionChange change, CancellationToken cancel)
    {
        if (change.State is { } state)
        {
            await db.Set<SessionRow>().Where(row => row.ClientId == change.ClientId).ExecuteDeleteAsync(cancel);
            db.Add(SessionRow.Of(change.ClientId, state));
        }

        if (change.Done.Count > 0)
        {
            await db.Set<SessionMessageRow>().Where(row => change.Done.Contains(row.Row)).ExecuteDeleteAsync(cancel);
        }

        db.AddRange(change.Added);
        db.UpdateRange(change.Moved);
    }
}
