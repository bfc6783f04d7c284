using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.WorkOrders;

public sealed partial class OrderDesk
{
    public async Task<WorkOrder?> FindAsync(long id, CancellationToken cancel)
    {
        if (_live.ById.GetValueOrDefault(id) is { } live)
        {
            return live;
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<OrderRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return row?.Order();
    }

    /// <summary>By the number that people say: <c>2026-11-0412</c>.</summary>
    public async Task<WorkOrder?> FindAsync(string number, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<OrderRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Number == number, cancel);
        return row?.Order();
    }

    public async Task<OrderPage> ListAsync(OrderFilter filter, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = db.Set<OrderRow>().AsNoTracking();
        rows = filter.Scope switch
        {
            OrderScope.Open => rows.Where(row => row.IsOpen),
            OrderScope.FollowUp => rows.Where(row => row.State == OrderState.Resolved),
            _ => rows,
        };
        if (filter.SpaceId is { } space)
        {
            rows = rows.Where(row => row.SpaceId == space);
        }

        if (filter.Symptom is { } symptom)
        {
            rows = rows.Where(row => row.Symptom == symptom);
        }

        if (filter.After is { } after)
        {
            rows = rows.Where(row => row.Id < after);
        }

        var limit = Math.Clamp(filter.Limit, 1, OrderFilter.LimitMax);
        var snapshots = await rows.OrderByDescending(row => row.Id).Take(limit + 1)
            .Select(row => row.Snapshot).ToListAsync(cancel);
        List<WorkOrder> items = [.. snapshots.Take(limit).Select(OrderJson.ReadOrder)];
        return new OrderPage(items, snapshots.Count > limit ? items[^1].Id : null);
    }

    /// <summary>The orders whose matter began in that time, in the order in which it did.</summary>
    public async Task<IReadOnlyList<WorkOrder>> StartedBetweenAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var (first, last) = (from.UtcTicks, to.UtcTicks);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var snapshots = await db.Set<OrderRow>().AsNoTracking()
            .Where(row => row.StartedAt >= first && row.StartedAt < last).OrderBy(row => row.StartedAt)
            .Select(row => row.Snapshot).ToListAsync(cancel);
        return [.. snapshots.Select(OrderJson.ReadOrder)];
    }

    /// <summary>What the newest orders that telemetry began have come to, at most so many, the newest first.</summary>
    public async Task<IReadOnlyList<OrderOutcome>> OutcomesAsync(int countMax, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<OrderOutcomeRow>().AsNoTracking().OrderByDescending(row => row.OrderId).Take(countMax)
            .ToListAsync(cancel);
        return [.. rows.Select(row => row.Outcome())];
    }

    /// <summary>Everything that ever happened to an order, in the order in which it was written down.</summary>
    public async Task<IReadOnlyList<OrderEvent>> HistoryAsync(long id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var bodies = await db.Set<OrderEventRow>().AsNoTracking().Where(row => row.OrderId == id)
            .OrderBy(row => row.Sequence).Select(row => row.Body).ToListAsync(cancel);
        return [.. bodies.Select(OrderJson.ReadEvent)];
    }
}
