using Hub.Gateway.Storage;
using Hub.Gateway.Units;
using Hub.Gateway.Waiting;
using Hub.Gateway.Words;
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
    UnitLedger ledger, OrderDesk desk, IPremises premises, IDbContextFactory<HubDb> dbs, HomecomingPolicy policy,
    TimeProvider time)
    : BackgroundService
{
    private const string Kind = "homecoming";

    /// <summary>A step may be this late: it is planned by hours.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly Turn _turn = new();

    /// <summary>The returns that are still to come, the next one first.</summary>
    public async Task<IReadOnlyList<HomecomingPlan>> ListAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<HomecomingRow>().AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(row => row.Read()).OrderBy(plan => plan.ArrivesAt)];
    }

    /// <summary>
    /// The owner has said when; another date takes the place of the one before. Its window is planned before the other
    /// is withdrawn, and the plan that is kept is the one that has its window, wherever the hub dies.
    /// </summary>
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
        using var turn = await _turn.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<HomecomingRow>().FirstOrDefaultAsync(row => row.SpaceId == unit, cancel);
        var made = row is null ? plan : plan.InsteadOf(row.Read());
        var refusal = await ledger.PlanAsync(made.Window, cancel);
        if (refusal is { Fault: not UnitFault.AlreadySo })
        {
            return refusal;
        }

        row ??= db.Add(new HomecomingRow { SpaceId = unit, Plan = "" }).Entity;
        row.Plan = HomecomingRow.Write(made);
        await db.SaveChangesAsync(cancel);
        await WithdrawReplacedAsync(db, row, cancel);
        return null;
    }

    /// <summary>The owner does not come after all. Orders that were raised go on: somebody may be at them.</summary>
    public async Task<UnitRefusal?> CancelAsync(string unit, CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Set<HomecomingRow>().FirstOrDefaultAsync(row => row.SpaceId == unit, cancel) is not { } row)
        {
            return new UnitRefusal(UnitFault.UnknownUnit, $"Nobody has announced a return to {unit}.");
        }

        await WithdrawReplacedAsync(db, row, cancel);
        await ledger.WithdrawAsync(row.Read().Window, cancel);
        db.Remove(row);
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>Does what has fallen due.</summary>
    public async Task DoDueAsync(CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        foreach (var row in await db.Set<HomecomingRow>().ToListAsync(cancel))
        {
            await WithdrawReplacedAsync(db, row, cancel);
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
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Patience.UntilDoneAsync(() => DoDueAsync(stoppingToken), stoppingToken);
            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    /// <summary>Of the date before, if a crash has left it.</summary>
    private async Task WithdrawReplacedAsync(HubDb db, HomecomingRow row, CancellationToken cancel)
    {
        if (row.Read() is { Replaces: { } window } plan)
        {
            // Withdrawn already is as good.
            await ledger.WithdrawAsync(window, cancel);
            row.Plan = HomecomingRow.Write(plan with { Replaces = null });
            await db.SaveChangesAsync(cancel);
        }
    }

    private async Task<long?> RaiseAsync(
        HomecomingPlan plan, HomecomingStep step, DateTimeOffset now, CancellationToken cancel)
    {
        var request = new OrderRequest(Kind, $"{Kind}.{step.What}", OrderPriority.Notice, "butler");
        var answer = await desk.RaiseAsync(
            new OrderCommand.Raise(plan.Unit, request, now, Actor.Hub, Words: Said(plan, step, now)), cancel);
        return answer.Order?.Id;
    }

    /// <summary>In the site's language and on its clocks: an order keeps its words.</summary>
    private string Said(HomecomingPlan plan, HomecomingStep step, DateTimeOffset now)
    {
        var texts = Texts.In(premises.Language);
        var times = new Times(texts, premises.Zone, now);
        return texts[
            "homecoming.order", texts.Of("homecoming", step.What),
            $"{times.Day(plan.ArrivesAt)} {times.Clock(plan.ArrivesAt)}"];
    }
}
