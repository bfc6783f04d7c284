using Hub.Gateway.Rulebook;
using Hub.Gateway.Tests.Site;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.Watch;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Rulebook;

/// <summary>The real engine with the default packs and the real desk, a quarter of an hour at a time.</summary>
public sealed class GoesOnTests : IAsyncLifetime
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private readonly DeskRoom _desk = new();
    private readonly RulesEngine _engine = new(RuleSet.From());
    private SiteRoom _room = null!;
    private PointNumber _water;
    private double _register = 10;
    private long _row;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _room = await SiteRoom.OpenAsync(VacantHome.Site);
        _water = _room.Book.Current.Find(new PointId(VacantHome.Water))!.Number;
        foreach (var entry in SiteEntries.Of(_room.Book.Current, _desk.Time.GetUtcNow().AddDays(-1)))
        {
            _engine.Step(entry);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        _desk.Dispose();
    }

    [Fact]
    public async Task A_leak_closed_while_the_water_runs_comes_back_by_itself_and_closes_once_it_is_mended()
    {
        await LiveAsync(hours: 2, litresAQuarter: 0);
        await LiveAsync(hours: 1, litresAQuarter: 6);
        var order = await OnlyAsync();
        await DoAsync(order, new OrderCommand.Arrive(Some.Wang));
        var refused = await _desk.Desk.DoAsync(order.Id, new OrderCommand.Resolve("leak-pipe", "", Some.Wang), Cancel);
        Assert.Equal(RefusalReason.SignalStillFiring, refused.Refusal?.Reason);
        await DoAsync(order, new OrderCommand.OverrideClose("The tap is shut now.", Some.Wang));
        var (closed, ownTime) = (_desk.Time.GetUtcNow(), Assert.Single(order.Alarms).OwnTime!.Value);
        Assert.Equal(0, (await CardAsync()).Real);

        await LiveAsync(hours: 1, litresAQuarter: 6);
        order = await OnlyAsync();
        Assert.InRange(ownTime, OrderPolicy.Standard.GoesOnAfterMin, TimeSpan.FromHours(1));
        Assert.Equal((OrderState.Reopened, 2, closed + ownTime), (order.State, order.Round, order.RoundAt));

        await DoAsync(order, new OrderCommand.Arrive(Some.Wang));
        await LiveAsync(hours: 8, litresAQuarter: 0);
        await DoAsync(order, new OrderCommand.Resolve("leak-pipe", "", Some.Wang));
        Assert.Equal(OrderState.Resolved, (await OnlyAsync()).State);
        Assert.Equal((1, 1), ((await CardAsync()).Orders, (await CardAsync()).Real));

        await LiveAsync(hours: 30, litresAQuarter: 0);
        Assert.Equal((OrderState.Resolved, 2), ((await OnlyAsync()).State, (await OnlyAsync()).Round));
    }

    [Fact]
    public async Task What_agrees_in_time_stays_closed_over_a_restart_too()
    {
        await LiveAsync(hours: 2, litresAQuarter: 0);
        await LiveAsync(hours: 1, litresAQuarter: 6);
        var order = await OnlyAsync();
        await DoAsync(order, new OrderCommand.Arrive(Some.Wang));
        await DoAsync(order, new OrderCommand.OverrideClose("The tap is shut now.", Some.Wang));
        await _desk.Desk.HandleAsync(
            [.. (await OnlyAsync()).Alarms.Select(alarm => new AlarmTransition.Cleared(
                alarm.Id, alarm.RuleId, alarm.Detector, order.SpaceId, alarm.Device, alarm.Signal,
                _desk.Time.GetUtcNow()))],
            new LogPosition(++_row), Cancel);

        _desk.Reopen();
        _desk.Time.Advance(TimeSpan.FromHours(2));
        await _desk.Desk.ElapseAsync(Cancel);

        Assert.Equal(OrderState.Resolved, (await OnlyAsync()).State);
    }

    [Fact]
    public async Task Where_somebody_has_an_order_on_the_matter_already_that_one_goes_on()
    {
        await LiveAsync(hours: 2, litresAQuarter: 0);
        await LiveAsync(hours: 1, litresAQuarter: 6);
        var order = await OnlyAsync();
        await DoAsync(order, new OrderCommand.Arrive(Some.Wang));
        await DoAsync(order, new OrderCommand.OverrideClose("The tap is shut now.", Some.Wang));
        var raised = await _desk.Desk.RaiseAsync(
            new OrderCommand.Raise(
                order.SpaceId, new OrderRequest("request", order.Symptom, OrderPriority.Normal, "butler"),
                _desk.Time.GetUtcNow(), Some.Wang, Words: "Water at the door."),
            Cancel);
        Assert.True(raised.IsDone);

        _desk.Time.Advance(TimeSpan.FromHours(2));
        var next = await _desk.Desk.ElapseAsync(Cancel);

        Assert.True(next is null || next > _desk.Time.GetUtcNow());
        Assert.Equal(OrderState.Resolved, (await _desk.Desk.FindAsync(order.Id, Cancel))!.State);
    }

    /// <summary>The meter tells every quarter of an hour; the desk hears what the rules say of it.</summary>
    private async Task LiveAsync(int hours, double litresAQuarter)
    {
        for (var quarter = 0; quarter < hours * 4; quarter++)
        {
            _desk.Time.Advance(Quarter);
            await _desk.Desk.ElapseAsync(Cancel);
            _register += litresAQuarter / 1000;
            var now = _desk.Time.GetUtcNow();
            Entry.Readings told = new("e", "", 0, now, new[] { new Reading(_water, now.UtcTicks, _register) });
            List<AlarmTransition> said = [.. _engine.Step(told)];
            said.AddRange(_engine.Step(new Entry.Tick(now)));
            await _desk.Desk.HandleAsync(said, new LogPosition(++_row), Cancel);
        }
    }

    private async Task<WorkOrder> OnlyAsync() =>
        Assert.Single((await _desk.Desk.ListAsync(new OrderFilter { Scope = OrderScope.All }, Cancel)).Items);

    private async Task DoAsync(WorkOrder order, OrderCommand command) =>
        Assert.True((await _desk.Desk.DoAsync(order.Id, command, Cancel)).IsDone);

    private async Task<ScorecardAnswer> CardAsync() =>
        Assert.Single(Scorecards.Of(await _desk.Desk.OutcomesAsync(10, Cancel)));
}
