using Hub.Gateway.Facilities;
using Hub.Gateway.Series;
using Hub.Gateway.Tests.Storage;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Tests.Facilities;

/// <summary>A pump with a plan, a real desk and a real history; everything but the tables can be thrown away.</summary>
internal sealed class PlanRoom : IDisposable
{
    public const string Pump = "pump-a";

    public static readonly Actor Engineer = new("engineer-02", ActorRole.Engineer, "工程师 02");

    /// <summary>Some.T0 is 3 November 2026, 9:00.</summary>
    public static readonly MaintenancePlan Plan = new(
        Pump, "oil", "Change the oil", new(2026, 10, 10), new Period(1, PeriodUnit.Months), Hours: 100, LeadDays: 3,
        Checklist: "Drain\nFill");

    private static readonly PointNumber Run = new(1);

    private readonly TempFolder _folder = new();
    private readonly SeriesDb _series;
    private readonly HistoryStore _history;
    private long _row;

    public PlanRoom(Tables tables)
    {
        Desk = new DeskRoom(tables);
        Desk.Premises.Current = SiteSnapshot.Empty
            .With(new SiteChange.SpaceDefined(new Space(Pump, SpaceKind.Facility, "Pump A")))
            .With(new SiteChange.PointCommissioned(new Point(Run, "edge-1", "pump", Signal.FacilityRun, Pump)));
        _series = new SeriesDb(_folder["series.db"]);
        _history = new HistoryStore(_series, new HistoryOptions { Clock = Desk.Time });
        Book = Open();
    }

    public DeskRoom Desk { get; }

    public PlanBook Book { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>As after a crash.</summary>
    public void Reopen()
    {
        Desk.Reopen();
        Book.Dispose();
        Book = Open();
    }

    public async Task<PlanStatus> StatusAsync() => Assert.Single(await Book.ListAsync(Cancel)).Status;

    public async Task<IReadOnlyList<WorkOrder>> OrdersAsync() =>
        (await Desk.Desk.ListAsync(new OrderFilter { Scope = OrderScope.All }, Cancel)).Items;

    public async Task<WorkOrder> DoAsync(OrderCommand command)
    {
        var order = (await OrdersAsync())[0];
        var answer = await Desk.Desk.DoAsync(order.Id, command, Cancel);
        Assert.True(answer.IsDone, $"{answer.Refusal}");
        return answer.Order!;
    }

    /// <summary>Time passes, and the hub looks.</summary>
    public async Task PassAsync(TimeSpan by)
    {
        Desk.Time.Advance(by);
        await Book.DoDueAsync(Cancel);
    }

    public void Report(DateTimeOffset at, bool isOn) => _history.Take(
        new LogPosition(++_row),
        [new Entry.Readings("edge-1", "e1", 0, at, new Reading[] { new(Run, at.UtcTicks, isOn ? 1 : 0) })]);

    public async Task<HourMeter> MeterAsync() => (await Hours.ReadAsync(Cancel))[Run.Value];

    public HourBook Hours => new(Desk.Premises, Desk, Desk.Time, _history);

    /// <summary>As if the hub had died between making the order and noting it.</summary>
    public async Task ForgetAsync()
    {
        await using var db = Desk.CreateDbContext();
        var row = await db.Set<PlanRow>().SingleAsync(Cancel);
        row.State = PlanRow.Write(new PlanState());
        await db.SaveChangesAsync(Cancel);
        Reopen();
    }

    public void Dispose()
    {
        Book.Dispose();
        Desk.Dispose();
        _series.Dispose();
        _folder.Dispose();
    }

    private PlanBook Open() => new(Desk.Premises, Desk.Desk, Hours, Desk, Desk.Feed, Desk.Time);
}
