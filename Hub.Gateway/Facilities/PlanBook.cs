using Hub.Gateway.Live;
using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Facilities;

/// <summary>
/// The maintenance plans, and the orders that come of them. What has become of an order is asked of the order each
/// time, so that one which is re-opened is not done after all. A plan remembers its last order's id; an order of its
/// name that is newer is one that a crash has cut off from it, and is taken instead of making another.
/// </summary>
public sealed class PlanBook(
    IPremises premises, OrderDesk desk, HourBook hours, IDbContextFactory<HubDb> dbs, LiveFeed feed, TimeProvider time)
    : IDisposable
{
    /// <summary>The kind of its orders.</summary>
    public const string Kind = "maintenance";

    private readonly Turn _turn = new();

    /// <summary>The day that it is on the site.</summary>
    public DateOnly Today => PlanStatus.DayOf(time.GetUtcNow(), premises.Zone);

    /// <summary>Every plan as it stands, by facility and name.</summary>
    public async Task<IReadOnlyList<PlanEntry>> ListAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var plans = await ReadAsync(db, cancel);
        return [.. plans.Select(plan => new PlanEntry(plan.Status, plan.Row.Version))];
    }

    /// <summary>Writes a plan down; the same again changes nothing.</summary>
    /// <param name="plan">The whole of it.</param>
    /// <param name="version">The version it was decided on; null for whatever is there.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<FacilityRefusal?> PutAsync(MaintenancePlan plan, int? version, CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (plan.Fault(Today) is { } fault)
        {
            return fault;
        }

        if (premises.Current.Spaces.GetValueOrDefault(plan.Facility) is not { Kind: SpaceKind.Facility })
        {
            return new(FacilityFault.UnknownFacility, $"There is no facility {plan.Facility}.");
        }

        if (plan.Vendor.Length > 0 && await db.Set<VendorRow>().FindAsync([plan.Vendor], cancel) is null)
        {
            return new(FacilityFault.UnknownVendor, $"There is no vendor {plan.Vendor}.");
        }

        var row = await db.Set<PlanRow>().FindAsync([plan.Facility, plan.Id], cancel);
        var text = PlanRow.Write(plan);
        if (row is { IsEnded: false } && row.Plan == text)
        {
            return null;
        }

        if (version is not null && version != (row?.Version ?? 0))
        {
            return FacilityRefusal.Changed(row?.Version ?? 0);
        }

        if (row is null or { IsEnded: true }
            && await db.Set<PlanRow>().CountAsync(other => other.SpaceId == plan.Facility && !other.IsEnded, cancel)
                >= FacilityPolicy.PlansMax)
        {
            return FacilityRefusal.Invalid($"A facility has at most {FacilityPolicy.PlansMax} plans.");
        }

        row ??= db.Add(new PlanRow
        {
            SpaceId = plan.Facility,
            Id = plan.Id,
            Plan = text,
            State = PlanRow.Write(new PlanState()),
        }).Entity;
        (row.Plan, row.IsEnded, row.Version) = (text, false, row.Version + 1);
        await SaveAsync(db, plan.Facility, cancel);
        return null;
    }

    /// <summary>No more orders come of it; one that is open goes on.</summary>
    public async Task<FacilityRefusal?> EndAsync(string facility, string id, int? version, CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Set<PlanRow>().FindAsync([facility, id], cancel) is not { IsEnded: false } row)
        {
            return new(FacilityFault.UnknownPlan, $"{facility} has no plan {id}.");
        }

        if (version is not null && version != row.Version)
        {
            return FacilityRefusal.Changed(row.Version);
        }

        (row.IsEnded, row.Version) = (true, row.Version + 1);
        await SaveAsync(db, facility, cancel);
        return null;
    }

    /// <summary>Makes the orders that have fallen due, one for each plan.</summary>
    public async Task DoDueAsync(CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await hours.KeepAsync(cancel);
        var today = Today;
        foreach (var (row, state, status) in await ReadAsync(db, cancel))
        {
            if (status.IsDue(today) && await OrderAsync(db, status, state, cancel) is { } order)
            {
                row.State = PlanRow.Write(state with { Order = order.Id, DueOn = status.DueOn });
                await SaveAsync(db, row.SpaceId, cancel);
            }
            else if (PlanRow.Write(state) is var text && text != row.State)
            {
                row.State = text;
                await db.SaveChangesAsync(cancel);
            }
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task SaveAsync(HubDb db, string facility, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        feed.Publish(FacilityBook.Topic, facility);
    }

    private async Task<IReadOnlyList<(PlanRow Row, PlanState State, PlanStatus Status)>> ReadAsync(
        HubDb db, CancellationToken cancel)
    {
        var rows = await db.Set<PlanRow>().Where(row => !row.IsEnded)
            .OrderBy(row => row.SpaceId).ThenBy(row => row.Id).ToListAsync(cancel);
        var meters = await hours.ReadAsync(cancel);
        List<(PlanRow, PlanState, PlanStatus)> plans = [];
        foreach (var row in rows)
        {
            var (plan, state) = (row.ReadPlan(), row.ReadState());
            var order = state.Order == 0 ? null : await FinalAsync(state.Order, cancel);
            var turn = order is null ? null : PlanTurn.Of(order, state.DueOn);
            var status = new PlanStatus(plan, turn, null, premises.Zone);
            state = Marked(state, status, meters);
            plans.Add((row, state, status with { Ran = Ran(plan, state, meters) }));
        }

        return plans;
    }

    /// <summary>An order that was merged goes on as another one.</summary>
    private async Task<WorkOrder?> FinalAsync(long id, CancellationToken cancel)
    {
        var order = await desk.FindAsync(id, cancel);
        while (order?.MergedInto is { } into)
        {
            order = await desk.FindAsync(into, cancel);
        }

        return order;
    }

    /// <summary>With what the meters showed the last time; a machine that has come since began at nothing.</summary>
    private PlanState Marked(PlanState state, PlanStatus status, IReadOnlyDictionary<int, HourMeter> meters) =>
        status.Plan.Hours is null || state.MarkedAt == status.CountsFrom
            ? state
            : state with
            {
                MarkedAt = status.CountsFrom,
                Marks = hours.At(status.Plan.Facility, status.CountsFrom, meters),
            };

    private TimeSpan? Ran(MaintenancePlan plan, PlanState state, IReadOnlyDictionary<int, HourMeter> meters)
    {
        var now = time.GetUtcNow().UtcTicks;
        return plan.Hours is null ? null : hours.Points(plan.Facility).Where(meters.ContainsKey)
            .Select(point => (TimeSpan?)TimeSpan.FromTicks(
                Math.Max(0, meters[point].At(now) - state.Marks.GetValueOrDefault(point))))
            .Max();
    }

    private async Task<WorkOrder?> OrderAsync(
        HubDb db, PlanStatus status, PlanState state, CancellationToken cancel)
    {
        var plan = status.Plan;
        var left = await desk.ListAsync(
            new OrderFilter { Scope = OrderScope.All, SpaceId = plan.Facility, Symptom = plan.Symptom, Limit = 1 },
            cancel);
        if (left.Items is [var cutOff, ..] && cutOff.Id > state.Order)
        {
            return cutOff;
        }

        var card = await db.Set<FacilityRow>().FindAsync([plan.Facility], cancel);
        var vendor = await db.Set<VendorRow>()
            .FindAsync([plan.Vendor.Length > 0 ? plan.Vendor : card?.Vendor ?? ""], cancel);
        var request = new OrderRequest(Kind, plan.Symptom, OrderPriority.Notice, plan.Audience);
        var answer = await desk.RaiseAsync(
            new OrderCommand.Raise(
                plan.Facility, request, time.GetUtcNow(), Actor.Hub,
                Words: PlanWords.Of(status, vendor?.Read(), premises.Language)),
            cancel);
        return answer.Order;
    }
}
