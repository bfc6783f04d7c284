using Hub.Gateway.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Inspections;

/// <summary>
/// Makes orders of what was found, and takes down what was seen when somebody looked again. The order desk holds one
/// open order per unit and item, so a finding whose order was raised just before a crash meets that order again.
/// </summary>
public sealed class FindingDesk(OrderDesk desk, IDbContextFactory<HubDb> dbs, TimeProvider time) : BackgroundService
{
    /// <summary>The kind of its orders.</summary>
    public const string Kind = "inspection";

    public const int ListMax = 500;

    /// <summary>What is still open, the oldest first.</summary>
    public async Task<IReadOnlyList<Finding>> OpenAsync(CancellationToken cancel) =>
        await ListAsync(rows => rows.Where(row => row.IsOpen).OrderBy(row => row.Id).Take(ListMax), cancel);

    public async Task<IReadOnlyList<Finding>> OfAsync(string inspection, CancellationToken cancel) =>
        await ListAsync(rows => rows.Where(row => row.InspectionId == inspection).OrderBy(row => row.Id), cancel);

    public async Task<Finding?> FindAsync(long id, CancellationToken cancel) =>
        await ListAsync(rows => rows.Where(row => row.Id == id), cancel) is [var finding] ? finding : null;

    /// <summary>Raises the orders of all findings that have none yet.</summary>
    public async Task RaiseAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        foreach (var row in await db.Set<FindingRow>().Where(row => row.OrderId == null).ToListAsync(cancel))
        {
            row.OrderId = await RaiseAsync(Finding.Of(row), cancel);
            await db.SaveChangesAsync(cancel);
        }
    }

    /// <summary>Somebody has looked again: it is good and closed, or it is not and its order goes on.</summary>
    public async Task<InspectionRefusal?> RecheckAsync(
        long id, bool isGood, string words, Actor by, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Set<FindingRow>().FirstOrDefaultAsync(row => row.Id == id, cancel) is not { } row)
        {
            return new InspectionRefusal(InspectionFault.NotFound, $"There is no finding {id}.");
        }

        var finding = Finding.Of(row);
        var order = finding.Order is { } number ? await desk.FindAsync(number, cancel) : null;
        if (WhyNot(finding, order, isGood, words, by) is { } refusal)
        {
            return refusal;
        }

        if (!isGood)
        {
            row.OrderId = await GoOnAsync(finding, order!, words, by, cancel);
        }

        row.IsOpen = !isGood;
        row.Rechecks = InspectionJson.Write(
            finding.Rechecks.Append(new Recheck(isGood, words, by.Id, time.GetUtcNow())).ToList());
        await db.SaveChangesAsync(cancel);
        await desk.DoAsync(
            row.OrderId!.Value, new OrderCommand.Note($"{(isGood ? "✓" : "✗")} {words}".Trim(), by), cancel);
        return null;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Patience.UntilDoneAsync(() => RaiseAsync(stoppingToken), stoppingToken);

    private static InspectionRefusal? WhyNot(Finding finding, WorkOrder? order, bool isGood, string words, Actor by)
    {
        if (!finding.IsOpen || order is not { IsOpen: false })
        {
            return new InspectionRefusal(
                InspectionFault.NotNow, "It is looked at again once its order is resolved, and until it is good.");
        }

        if (order.ResolvedBy?.Id == by.Id)
        {
            return new InspectionRefusal(
                InspectionFault.SamePerson, $"{by.Display} has resolved it; somebody else looks at it again.");
        }

        return words.Length > InspectionPolicy.TextCharsMax || (!isGood && string.IsNullOrWhiteSpace(words))
            ? new InspectionRefusal(InspectionFault.Wrong, "Say what is still wrong, in at most 2,000 characters.")
            : null;
    }

    /// <summary>The order is opened again; one that is over for good is followed by a new one.</summary>
    private async Task<long> GoOnAsync(
        Finding finding, WorkOrder order, string words, Actor by, CancellationToken cancel)
    {
        var answer = await desk.DoAsync(order.Id, new OrderCommand.Reopen(words, by), cancel);
        return answer.IsDone ? order.Id : await RaiseAsync(finding with { Words = words }, cancel);
    }

    /// <summary>
    /// A notice: nobody is called out at night for a stain, and the 5341 clocks are for residents. It begins now,
    /// whatever the phone's clock said when it was found; that stays with the finding.
    /// </summary>
    private async Task<long> RaiseAsync(Finding finding, CancellationToken cancel)
    {
        var request = new OrderRequest(
            Kind, finding.Symptom, OrderPriority.Notice, Checklist.AudienceOf(finding.Category));
        var answer = await desk.RaiseAsync(
            new OrderCommand.Raise(finding.Unit, request, time.GetUtcNow(), Actor.Hub, Words: finding.Words), cancel);
        return answer.Order!.Id;
    }

    private async Task<IReadOnlyList<Finding>> ListAsync(
        Func<IQueryable<FindingRow>, IQueryable<FindingRow>> choose, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return [.. (await choose(db.Set<FindingRow>().AsNoTracking()).ToListAsync(cancel)).Select(Finding.Of)];
    }
}
