using Hub.Gateway.Journal;
using Hub.Gateway.Storage;
using Hub.Transport.Log;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Broker;

/// <summary>
/// Lets sessions survive a restart: reads them before the first connection, and writes what changes, together. A crash
/// may lose the last moments (<see cref="BrokerOptions.SessionSaveDelay"/>), but for which QoS 2 messages are in the
/// journal: that is read from its rows. What came and went within a moment is never written.
/// </summary>
internal sealed class SessionKeeper(
    SessionStore store, SessionBook book, JournalLog journal, IDbContextFactory<HubDb> databases, BrokerOptions options)
    : BackgroundService
{
    /// <summary>While no session changes, the mark follows the journal, so that a start has little to read.</summary>
    private static readonly TimeSpan MarkEvery = TimeSpan.FromMinutes(1);

    private LogPosition _mark;
    private Unwritten? _unwritten;

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

            await RestoreTakenAsync(db, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    private async Task RestoreTakenAsync(HubDb db, CancellationToken cancel)
    {
        var saved = await db.Set<SessionMark>().AsNoTracking().SingleOrDefaultAsync(cancel);
        if (saved is null)
        {
            // A hub.db from before there were marks: nor has the journal anything to be marked.
            _mark = journal.Tail;
            await SaveAsync(db, _mark, cancel);
            await db.SaveChangesAsync(cancel);
            return;
        }

        // Ahead of the journal it belongs to one that was replaced.
        _mark = saved.Position > journal.Tail.Value ? LogPosition.Start : new LogPosition(saved.Position);
        journal.ReadTaken(_mark, book.Restore);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // What a database that was away has left over, and what came since.
        await SaveAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await store.WaitForChangeAsync(MarkEvery, options.NetworkTime, stoppingToken);
            await Task.Delay(options.SessionSaveDelay, options.NetworkTime, stoppingToken);
            // Not to be stopped half-way: the sessions have handed these changes over, and won't do so again.
            await Patience.UntilDoneAsync(() => SaveAsync(CancellationToken.None), stoppingToken);
        }
    }

    private async Task SaveAsync(CancellationToken cancel)
    {
        _unwritten ??= TakeUnwritten();
        if (_unwritten is { Gone.Count: 0, Changes.Count: 0 } && _unwritten.Mark == _mark)
        {
            _unwritten = null;
            return;
        }

        try
        {
            await SaveAsync(_unwritten, cancel);
        }
        catch
        {
            _unwritten = _unwritten with { IsInDoubt = true };
            throw;
        }

        _mark = _unwritten.Mark;
        _unwritten = null;
    }

    private Unwritten TakeUnwritten()
    {
        // Before the changes are taken: the sessions have been told of all rows but the last.
        var mark = new LogPosition(Math.Max(_mark.Value, journal.Tail.Value - 1));
        var (gone, changes) = store.TakeChanges();
        return new Unwritten(gone, changes, mark);
    }

    private async Task SaveAsync(Unwritten unwritten, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var clientId in unwritten.Gone)
        {
            await db.Set<SessionMessageRow>().Where(row => row.ClientId == clientId).ExecuteDeleteAsync(cancel);
            await db.Set<SessionRow>().Where(row => row.ClientId == clientId).ExecuteDeleteAsync(cancel);
        }

        foreach (var change in unwritten.Changes)
        {
            if (unwritten.IsInDoubt)
            {
                var added = change.Added.Select(row => row.Row).ToList();
                await db.Set<SessionMessageRow>().Where(row => added.Contains(row.Row)).ExecuteDeleteAsync(cancel);
            }

            await SaveAsync(db, change, cancel);
        }

        await SaveAsync(db, unwritten.Mark, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task SaveAsync(HubDb db, LogPosition mark, CancellationToken cancel)
    {
        await db.Set<SessionMark>().ExecuteDeleteAsync(cancel);
        db.Add(new SessionMark { Position = mark.Value });
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

    /// <summary>What the sessions have handed over, until it is on the disk.</summary>
    /// <param name="Gone">Sessions that are over.</param>
    /// <param name="Changes">What has changed in the others.</param>
    /// <param name="Mark">The journal row that it belongs to.</param>
    /// <param name="IsInDoubt">It may have been written already: nobody heard.</param>
    private sealed record Unwritten(
        IReadOnlyList<string> Gone, IReadOnlyList<SessionChange> Changes, LogPosition Mark, bool IsInDoubt = false);
}
