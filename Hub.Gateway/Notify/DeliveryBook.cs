using System.Globalization;
using Hub.Gateway.Live;
using Hub.Gateway.Storage;
using Hub.Gateway.WorkOrders;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Notify;

/// <summary>
/// What has to be sent, what was, and what came of it: on the disk, so that it is sent after a restart too. A delivery
/// is marked after the receiver has it; only what the process died over in between comes twice, with the same key.
/// </summary>
internal sealed class DeliveryBook(IDbContextFactory<HubDb> dbs, LiveFeed feed) : IDeliveryLog
{
    /// <summary>What one page shows of an order; more of one order is a ladder gone wild.</summary>
    private const int LinesMax = 500;

    private TaskCompletionSource _planned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when something more is to be sent. Take it before looking.</summary>
    public Task NextPlanned => Volatile.Read(ref _planned).Task;

    /// <summary>Turns the oldest notices into deliveries, in one transaction; whether there may be more.</summary>
    /// <param name="plan">Which channels carry a notice, and from when on.</param>
    /// <param name="countMax">How many notices at most.</param>
    /// <param name="cancel">Leaves everything as it was.</param>
    public async Task<bool> PlanAsync(
        Func<Notice, ValueTask<IEnumerable<(Channel Channel, DateTimeOffset From)>>> plan, int countMax,
        CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<NoticeRow>().OrderBy(row => row.Id).Take(countMax).ToListAsync(cancel);
        if (rows.Count == 0)
        {
            return false;
        }

        foreach (var row in rows)
        {
            var notice = row.Notice();
            foreach (var (channel, from) in await plan(notice))
            {
                db.Add(DeliveryRow.Of(notice, channel.Id, from));
            }
        }

        db.RemoveRange(rows);
        await db.SaveChangesAsync(cancel);
        Interlocked.Exchange(ref _planned, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return rows.Count == countMax;
    }

    /// <summary>What may be sent on a channel now: what rings first, then in the order in which it came.</summary>
    public async Task<IReadOnlyList<Delivery>> DueAsync(
        string channel, DateTimeOffset now, int countMax, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var ticks = now.UtcTicks;
        var rows = await Waiting(db, channel).Where(row => row.NextAt <= ticks)
            .OrderBy(row => row.Rank).ThenBy(row => row.Id).Take(countMax).ToListAsync(cancel);
        return [.. rows.Select(row => row.Delivery())];
    }

    /// <summary>When the next one of a channel may be sent; null if nothing waits.</summary>
    public async Task<DateTimeOffset?> NextAsync(string channel, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await Waiting(db, channel).MinAsync(row => (long?)row.NextAt, cancel) is { } ticks
            ? DeliveryRow.Instant(ticks)
            : null;
    }

    public async Task DoneAsync(
        IEnumerable<Delivery> deliveries, DeliveryState state, DateTimeOffset at, string? why, CancellationToken cancel)
    {
        List<Delivery> done = [.. deliveries];
        List<long> ids = [.. done.Select(delivery => delivery.Id)];
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await db.Set<DeliveryRow>().Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.State, state).SetProperty(one => one.DoneAt, at.UtcTicks)
                .SetProperty(one => one.Attempts, one => one.Attempts + (state == DeliveryState.Spared ? 0 : 1))
                .SetProperty(one => one.Why, one => why ?? one.Why),
            cancel);
        foreach (var order in done.Select(delivery => delivery.Notice.Order).Distinct())
        {
            // Its page shows what was delivered.
            feed.Publish(OrderDesk.Topic, order.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>An attempt that failed; they wait on.</summary>
    public async Task TriedAsync(IEnumerable<Delivery> deliveries, string why, CancellationToken cancel)
    {
        List<long> ids = [.. deliveries.Select(delivery => delivery.Id)];
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await db.Set<DeliveryRow>().Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.Attempts, one => one.Attempts + 1).SetProperty(one => one.Why, why),
            cancel);
    }

    /// <summary>What was planned for channels that are no longer in the file, has nobody to go to.</summary>
    public async Task<int> AbandonAsync(IEnumerable<string> channels, DateTimeOffset at, CancellationToken cancel)
    {
        List<string> known = [.. channels];
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Set<DeliveryRow>()
            .Where(row => row.State == DeliveryState.Waiting && !known.Contains(row.Channel))
            .ExecuteUpdateAsync(
                row => row.SetProperty(one => one.State, DeliveryState.Failed)
                    .SetProperty(one => one.DoneAt, at.UtcTicks)
                    .SetProperty(one => one.Why, "The channel is no longer in the file."),
                cancel);
    }

    public async Task TrimAsync(DateTimeOffset before, int rowsMax, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var ticks = before.UtcTicks;
        var last = await db.Set<DeliveryRow>().OrderByDescending(row => row.Id).Skip(rowsMax)
            .Select(row => row.Id).FirstOrDefaultAsync(cancel);
        await db.Set<DeliveryRow>().Where(row => row.DoneAt != null && (row.DoneAt < ticks || row.Id <= last))
            .ExecuteDeleteAsync(cancel);
    }

    public async Task<IReadOnlyDictionary<string, int>> WaitingAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Set<DeliveryRow>().Where(row => row.State == DeliveryState.Waiting)
            .GroupBy(row => row.Channel).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    /// <summary>When each channel has last delivered something.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastSentAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Set<DeliveryRow>().Where(row => row.State == DeliveryState.Sent && row.DoneAt != null)
            .GroupBy(row => row.Channel).Select(group => new { group.Key, At = group.Max(row => row.DoneAt!.Value) })
            .ToDictionaryAsync(group => group.Key, group => DeliveryRow.Instant(group.At), cancel);
    }

    public async Task<IReadOnlyList<DeliveryLine>> OfOrderAsync(long order, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<DeliveryRow>().AsNoTracking().Where(row => row.OrderId == order)
            .OrderBy(row => row.Id).Take(LinesMax).ToListAsync(cancel);
        return [.. rows.Select(row => row.Line())];
    }

    /// <summary>The newest first; of one order or of one person where it is given.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> LogAsync(
        long? order, long? before, int limit, CancellationToken cancel, string? person = null)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = db.Set<DeliveryRow>().AsNoTracking();
        rows = order is { } id ? rows.Where(row => row.OrderId == id) : rows;
        rows = person is null ? rows : rows.Where(row => row.Person == person);
        rows = before is { } number ? rows.Where(row => row.Id < number) : rows;
        return await rows.OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancel);
    }

    private static IQueryable<DeliveryRow> Waiting(HubDb db, string channel) => db.Set<DeliveryRow>().AsNoTracking()
        .Where(row => row.Channel == channel && row.State == DeliveryState.Waiting);
}
