using Hub.Gateway.Storage;
using Hub.Gateway.Units;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Homecoming;

/// <summary>
/// Keeps announced returns: raises each step's order at its time and lets the unit be lived in on arrival. What fell
/// due while the hub was down is done at its start. The order desk holds one open order per unit and step, so a crash
/// between an order and its note ends with one order.
/// </summary>
public sealed class HomecomingService(
    UnitLedger ledger, OrderDesk desk, IDbContextFactory<HubDb> dbs, HomecomingPolicy policy, TimeProvider time)
    : BackgroundService
{
    /// <summary>The kind of its orders and the reason of its window.</summary>
    public const string Kind = "homecoming";

    /// <summary>A step may be this late: it is planned by hours.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The returns that are still to come, the next one first.</summary>
    public async Task<IReadOnlyList<HomecomingPlan>> ListAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<HomecomingRow>().AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(row => row.Read()).OrderBy(plan => plan.ArrivesAt)];
    }

    /// <summary>The owner has said when; another date takes the place of the one before.</summary>
    public async Task<UnitRefusal?> AnnounceAsync(
        string unit, DateTimeOffset arrivesAt, string by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (arrivesAt <= now || arrivesAt > now + policy.AheadMax)
        {
            return new UnitRefusal(
                UnitFault.TimeOutOfRange, $"An owner comes later than now, within {policy.AheadMax.Days} days.");
        }

        var plan = HomecomingPlan.Make(unit, arrivesAt, by, now, policy);
        return await InTurnAsync(
            async db =>
            {
                var before = await db.Set<HomecomingRow>().FirstOrDefaultAsync(row => row.SpaceId == unit, cancel);
                if (before?.Read() is { } old)
                {
                    await ledger.WithdrawAsync(Window(old), cancel);
                    // What was ordered already is not ordered again for another date.
                    plan = old.Steps.Where(step => step.Order is not null)
                        .Aggregate(plan, (made, step) => made.With(step));
                }

                var refusal = await ledger.PlanAsync(Window(plan), cancel);
                if (refusal is { Fault: not UnitFault.AlreadySo })
                {
                    return refusal;
                }

                before ??= db.Add(new HomecomingRow { SpaceId = unit, Plan = "" }).Entity;
                before.Plan = HomecomingRow.Write(plan);
                await db.SaveChangesAsync(cancel);
                return null;
            },
            cancel);
    }

    /// <summary>The owner does not come after all. Orders that were raised go on: somebody may be at them.</summary>
    public Task<UnitRefusal?> CancelAsync(string unit, CancellationToken cancel) => InTurnAsync(
        async db =>
        {
            if (await db.Set<HomecomingRow>().FirstOrDefaultAsync(row => row.SpaceId == unit, cancel) is not { } row)
            {
                return new UnitRefusal(UnitFault.UnknownUnit, $"Nobody has announced a return to {unit}.");
            }

            await ledger.WithdrawAsync(Window(row.Read()), cancel);
            db.Remove(row);
            await db.SaveChangesAsync(cancel);
            return null;
        },
        cancel);

    /// <summary>Does what has fallen due.</summary>
    public Task DoDueAsync(CancellationToken cancel) => InTurnAsync(
        async db =>
        {
            var now = time.GetUtcNow();
            foreach (var row in await db.Set<HomecomingRow>().ToListAsync(cancel))
            {
                var plan = row.Read();
                foreach (var step in plan.Due(now).ToList())
                {
                    plan = plan.With(step with { Order = await RaiseAsync(plan, step, now, cancel) });
                    row.Plan = HomecomingRow.Write(plan);
                    await db.SaveChangesAsync(cancel);
                }

                if (plan.ArrivesAt <= now)
                {
                    // Whoever has moved in already needs no second time.
                    await ledger.MoveAsync(plan.Unit, Occupancy.Occupied, plan.ArrivesAt, plan.By, cancel);
                    db.Remove(row);
                    await db.SaveChangesAsync(cancel);
                }
            }

            return null;
        },
        cancel);

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await DoDueAsync(stoppingToken);
            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task<UnitRefusal?> InTurnAsync(
        Func<HubDb, Task<UnitRefusal?>> act, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancel);
            return await act(db);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<long?> RaiseAsync(
        HomecomingPlan plan, HomecomingStep step, DateTimeOffset now, CancellationToken cancel)
    {
        var request = new OrderRequest(Kind, $"{Kind}.{step.What}", OrderPriority.Notice, "butler");
        var words = $"{step.What} → {TimeZoneInfo.ConvertTime(plan.ArrivesAt, ledger.Zone):yyyy-MM-dd HH:mm}";
        var answer = await desk.RaiseAsync(
            new OrderCommand.Raise(plan.Unit, request, now, Actor.Hub, Words: words), cancel);
        return answer.Order?.Id;
    }

    private static PlannedWindow Window(HomecomingPlan plan) => new(plan.Unit, plan.BeginsAt, plan.ArrivesAt, Kind);
}
