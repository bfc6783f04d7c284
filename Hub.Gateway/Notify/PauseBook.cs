using Hub.Gateway.Live;
using Hub.Gateway.Roster;
using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Hub.Gateway.WorkOrders;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Notify;

/// <summary>The pauses on the disk and in memory. What is answered is on the disk.</summary>
internal sealed class PauseBook(
    IDbContextFactory<HubDb> dbs, NotifyFile file, IPremises premises, LiveFeed feed, NotifyOptions options,
    TimeProvider time) : IStillness, IDisposable
{
    private readonly Turn _writing = new();

    private volatile IReadOnlyList<ChannelPause> _pauses = [];

    public Pauses Pauses => new(file.Channels, _pauses, premises.Zone);

    Func<string, DateTimeOffset, bool> IStillness.Now => Pauses.IsStill;

    public async Task LoadAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        _pauses = await ReadAsync(db, cancel);
    }

    /// <summary>Pauses somebody's own channel from now on; one that is paused already, until then instead.</summary>
    public async Task<PauseRefusal> PauseAsync(
        string channel, DateTimeOffset? until, Actor by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (WhyNot(channel, by) is var refusal and not PauseRefusal.None)
        {
            return refusal;
        }

        if (until is not { } to || to <= now || to > now + options.ChannelPauseMax)
        {
            return PauseRefusal.WrongTime;
        }

        var row = new PauseRow { Channel = channel, From = now.UtcTicks, To = to.UtcTicks, By = by.Id };
        await ChangeAsync(channel, now, row, cancel);
        return PauseRefusal.None;
    }

    /// <summary>A pause ends now, and what has waited for its end is said; without one nothing changes.</summary>
    public async Task<PauseRefusal> ResumeAsync(string channel, Actor by, CancellationToken cancel)
    {
        if (WhyNot(channel, by) is var refusal and not PauseRefusal.None)
        {
            return refusal;
        }

        await ChangeAsync(channel, time.GetUtcNow(), null, cancel);
        return PauseRefusal.None;
    }

    public void Dispose() => _writing.Dispose();

    private PauseRefusal WhyNot(string channel, Actor by) =>
        file.Channels.FirstOrDefault(one => one.Id == channel) switch
        {
            null => PauseRefusal.NoChannel,
            { Person: null } => PauseRefusal.Shared,
            // The chief answers for the shift, so a butler may ask the chief for it.
            { Person: var whose } when whose != by.Id && by.Role != ActorRole.Chief => PauseRefusal.NotYours,
            _ => PauseRefusal.None,
        };

    /// <summary>The pause that holds is over; in its place comes another, or none.</summary>
    private async Task ChangeAsync(string channel, DateTimeOffset now, PauseRow? next, CancellationToken cancel)
    {
        using var turn = await _writing.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (ticks, end) = (now.UtcTicks, next?.To ?? now.UtcTicks);
        foreach (var row in await db.Set<PauseRow>().Where(row => row.Channel == channel && row.To > ticks)
            .ToListAsync(cancel))
        {
            await db.Set<DeliveryRow>()
                .Where(one => one.Channel == channel && one.State == DeliveryState.Waiting && one.NextAt == row.To)
                .ExecuteUpdateAsync(one => one.SetProperty(delivery => delivery.NextAt, end), cancel);
            row.To = ticks;
        }

        if (next is not null)
        {
            db.Add(next);
        }

        await db.SaveChangesAsync(cancel);
        var old = (now - options.KeepLogFor).UtcTicks;
        await db.Set<PauseRow>().Where(row => row.To < old).ExecuteDeleteAsync(cancel);
        var pauses = await ReadAsync(db, cancel);
        await transaction.CommitAsync(cancel);
        _pauses = pauses;
        // Who is called has changed.
        feed.Publish(RosterBook.Topic, "");
    }

    /// <summary>Longer ago, a pause decides nothing: not even what fell due while the hub was down.</summary>
    private async Task<IReadOnlyList<ChannelPause>> ReadAsync(HubDb db, CancellationToken cancel)
    {
        var since = (time.GetUtcNow() - options.KeepTryingFor).UtcTicks;
        var rows = await db.Set<PauseRow>().AsNoTracking().Where(row => row.To > since && row.From < row.To)
            .OrderBy(row => row.Id).ToListAsync(cancel);
        return [.. rows.Select(row => row.Pause())];
    }
}
