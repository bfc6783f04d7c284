using Hub.Gateway.Facilities;
using Hub.Gateway.Tests.Storage;
using Hub.Gateway.WorkOrders;
using Some = Hub.Gateway.Tests.WorkOrders.Some;

namespace Hub.Gateway.Tests.Facilities;

public class PlanBookTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly PlanRoom _room;

    public PlanBookTests()
        : this(new Tables())
    {
    }

    private protected PlanBookTests(Tables tables) => _room = new PlanRoom(tables);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _room.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_plan_makes_one_order_its_lead_before_the_date()
    {
        await PutAsync(PlanRoom.Plan);
        await _room.PassAsync(3 * Day);
        Assert.Empty(await _room.OrdersAsync());

        await _room.PassAsync(Day);
        await _room.PassAsync(Day);

        var order = Assert.Single(await _room.OrdersAsync());
        Assert.Equal((PlanRoom.Pump, "maintenance", "engineer"), (order.SpaceId, order.Kind, order.Audience));
        Assert.Equal(
            ["Change the oil", "应于 2026-11-10 前完成", "已运行 0 小时，每 100 小时一次", "Drain", "Fill"],
            order.Words.Split('\n'));
        Assert.Equal(order.Id, (await _room.StatusAsync()).Turn!.Order);
    }

    [Fact]
    public async Task A_hub_that_dies_between_the_order_and_the_note_makes_no_other_one()
    {
        await PutAsync(PlanRoom.Plan);
        await _room.PassAsync(5 * Day);
        await _room.ForgetAsync();
        await _room.PassAsync(Day);
        Assert.Single(await _room.OrdersAsync());

        await _room.DoAsync(new OrderCommand.Resolve("repaired", "done", PlanRoom.Engineer));
        await _room.ForgetAsync();
        await _room.PassAsync(Day);

        Assert.Single(await _room.OrdersAsync());
        Assert.Equal(new DateOnly(2026, 12, 10), (await _room.StatusAsync()).DueOn);
    }

    [Fact]
    public async Task Down_for_months_it_orders_once_and_what_was_passed_over_is_seen()
    {
        await PutAsync(PlanRoom.Plan);
        _room.Reopen();
        await _room.PassAsync(100 * Day);
        await _room.PassAsync(Day);
        Assert.True((await _room.StatusAsync()).IsOverdue(_room.Book.Today));

        await _room.DoAsync(new OrderCommand.Resolve("repaired", "done", PlanRoom.Engineer));
        await _room.PassAsync(Day);

        Assert.Single(await _room.OrdersAsync());
        var status = await _room.StatusAsync();
        Assert.Equal((new DateOnly(2027, 3, 10), 3), (status.DueOn, status.Skipped));
    }

    [Fact]
    public async Task Done_is_when_the_order_is_resolved_and_not_any_more_when_it_is_reopened()
    {
        await PutAsync(PlanRoom.Plan with { Anchor = PlanAnchor.Done });
        await _room.PassAsync(5 * Day);
        await _room.DoAsync(new OrderCommand.Resolve("repaired", "done", PlanRoom.Engineer));
        Assert.Equal(new DateOnly(2026, 12, 8), (await _room.StatusAsync()).DueOn);

        await _room.DoAsync(new OrderCommand.Reopen("It drips.", Some.Chief));
        await _room.PassAsync(3 * Day);

        var status = await _room.StatusAsync();
        Assert.True(status.IsOpen && status.IsOverdue(_room.Book.Today));
        Assert.Single(await _room.OrdersAsync());
    }

    [Fact]
    public async Task Called_off_it_was_skipped_and_the_next_one_comes_in_its_time()
    {
        await PutAsync(PlanRoom.Plan);
        await _room.PassAsync(5 * Day);
        await _room.DoAsync(new OrderCommand.Cancel("It was done in October.", Some.Chief));
        await _room.PassAsync(Day);
        Assert.Equal(1, (await _room.StatusAsync()).Skipped);

        await _room.PassAsync(28 * Day);

        Assert.Equal(2, (await _room.OrdersAsync()).Count);
    }

    [Fact]
    public async Task Merged_into_another_order_it_is_done_with_that_one()
    {
        await PutAsync(PlanRoom.Plan);
        await PutAsync(PlanRoom.Plan with { Id = "seal", Name = "Look at the seals", Hours = null });
        await _room.PassAsync(5 * Day);
        var orders = await _room.OrdersAsync();
        await _room.Desk.Desk.DoAsync(
            orders[1].Id, new OrderCommand.Merge(orders[0].Id, orders[0].Number, Some.Chief), Cancel);
        await _room.DoAsync(new OrderCommand.Resolve("repaired", "both", PlanRoom.Engineer));

        Assert.All(
            await _room.Book.ListAsync(Cancel), plan => Assert.Equal(new DateOnly(2026, 12, 10), plan.Status.DueOn));
    }

    [Fact]
    public async Task Hours_come_from_the_history_and_begin_anew_when_it_is_done()
    {
        await PutAsync(PlanRoom.Plan with { Every = null });
        _room.Report(Some.T0.AddHours(-20), isOn: true);
        await _room.PassAsync(79 * Day / 24);
        Assert.Empty(await _room.OrdersAsync());
        Assert.Equal(99, (await _room.StatusAsync()).Ran?.TotalHours);
        await _room.PassAsync(Day / 24);
        Assert.Single(await _room.OrdersAsync());

        _room.Report(_room.Desk.Time.GetUtcNow(), isOn: false);
        await _room.PassAsync(Day);
        await _room.DoAsync(new OrderCommand.Resolve("repaired", "done", PlanRoom.Engineer));
        Assert.Equal(0, (await _room.StatusAsync()).Ran?.TotalHours);
        _room.Report(_room.Desk.Time.GetUtcNow(), isOn: true);
        await _room.PassAsync(99 * Day / 24);
        Assert.Single(await _room.OrdersAsync());
        await _room.PassAsync(Day / 24);

        Assert.Equal(2, (await _room.OrdersAsync()).Count);
    }

    [Fact]
    public async Task The_meter_counts_a_backlog_that_comes_late_and_survives_a_restart()
    {
        _room.Report(Some.T0, isOn: true);
        _room.Desk.Time.Advance(10 * Day / 24);
        await _room.Hours.KeepAsync(Cancel);
        Assert.Equal(10, Hours(await _room.MeterAsync()));

        _room.Report(Some.T0.AddHours(2), isOn: false);
        _room.Report(Some.T0.AddHours(8), isOn: true);
        _room.Report(Some.T0.AddHours(9), isOn: true);
        await _room.Hours.KeepAsync(Cancel);
        _room.Report(Some.T0.AddHours(9.5), isOn: false);
        var meters = await _room.Hours.ReadAsync(Cancel);

        Assert.Equal(3.5, Hours(await _room.MeterAsync()));
        Assert.Equal(
            [0, 1, 2, 2.5, 3.5],
            new[] { 0, 1, 4, 8.5, 10 }.Select(hour => TimeSpan.FromTicks(Assert.Single(
                _room.Hours.At(PlanRoom.Pump, Some.T0.AddHours(hour), meters)).Value).TotalHours));
    }

    [Fact]
    public async Task A_plan_is_changed_on_the_version_that_was_read_and_the_same_again_is_no_change()
    {
        await PutAsync(PlanRoom.Plan);
        var next = PlanRoom.Plan with { Name = "Change oil and filter" };
        Assert.Equal(FacilityFault.Changed, (await _room.Book.PutAsync(next, 7, Cancel))?.Fault);
        Assert.Null(await _room.Book.PutAsync(next, 1, Cancel));
        Assert.Null(await _room.Book.PutAsync(next, 1, Cancel));
        Assert.Equal(2, Assert.Single(await _room.Book.ListAsync(Cancel)).Version);

        Assert.Equal(
            [FacilityFault.UnknownFacility, FacilityFault.UnknownVendor, FacilityFault.Invalid],
            new[]
            {
                await _room.Book.PutAsync(next with { Facility = "attic" }, null, Cancel),
                await _room.Book.PutAsync(next with { Vendor = "nobody" }, null, Cancel),
                await _room.Book.PutAsync(next with { Audience = "resident" }, null, Cancel),
            }.Select(refusal => refusal!.Fault));
    }

    [Fact]
    public async Task A_plan_that_was_ended_orders_nothing_and_made_anew_it_knows_its_orders()
    {
        await PutAsync(PlanRoom.Plan);
        await _room.PassAsync(5 * Day);
        await _room.DoAsync(new OrderCommand.Resolve("repaired", "done", PlanRoom.Engineer));
        Assert.Null(await _room.Book.EndAsync(PlanRoom.Pump, "oil", 1, Cancel));
        await _room.PassAsync(60 * Day);
        Assert.Single(await _room.OrdersAsync());

        await PutAsync(PlanRoom.Plan);

        Assert.Equal(new DateOnly(2026, 12, 10), (await _room.StatusAsync()).DueOn);
        Assert.Equal(FacilityFault.UnknownPlan, (await _room.Book.EndAsync(PlanRoom.Pump, "x", null, Cancel))?.Fault);
    }

    [Fact]
    public async Task The_rules_are_told_from_the_arrival_until_it_is_done()
    {
        await PutAsync(PlanRoom.Plan);
        await _room.PassAsync(5 * Day);
        await _room.DoAsync(new OrderCommand.Accept(PlanRoom.Engineer));
        await TellAsync();
        Assert.Null(Window());

        await _room.DoAsync(new OrderCommand.Arrive(PlanRoom.Engineer));
        _room.Reopen();
        await _room.Desk.Desk.LoadAsync(Cancel);
        await TellAsync();
        await TellAsync();
        Assert.Equal(MaintenanceWindows.Reason, Window()?.Reason);
        Assert.Single(_room.Desk.Premises.Current.Windows[PlanRoom.Pump]);

        _room.Desk.Time.Advance(TimeSpan.FromHours(1));
        await _room.DoAsync(new OrderCommand.Resolve("repaired", "done", PlanRoom.Engineer));
        await TellAsync();
        await TellAsync();
        Assert.Null(Window());
        Assert.Equal(
            _room.Desk.Time.GetUtcNow(), Assert.Single(_room.Desk.Premises.Current.Windows[PlanRoom.Pump]).To);
    }

    [Fact]
    public async Task A_plans_order_goes_to_a_vendor_without_anybody_to_explain_it_to()
    {
        await PutAsync(PlanRoom.Plan);
        await _room.PassAsync(6 * Day);
        await _room.DoAsync(new OrderCommand.Accept(PlanRoom.Engineer));

        var order = await _room.DoAsync(new OrderCommand.HandToVendor("Lifts Ltd", "Service", PlanRoom.Engineer));

        Assert.Equal((OrderState.WithVendor, "Lifts Ltd"), (order.State, order.Vendor));
    }

    private static double Hours(HourMeter meter) =>
        TimeSpan.FromTicks(meter.At(Some.T0.AddHours(10).UtcTicks)).TotalHours;

    private async Task PutAsync(MaintenancePlan plan) => Assert.Null(await _room.Book.PutAsync(plan, null, Cancel));

    private Hub.Rules.Site.PlannedWindow? Window() =>
        _room.Desk.Premises.Current.WindowAt(PlanRoom.Pump, _room.Desk.Time.GetUtcNow());

    private async Task TellAsync()
    {
        using var service = new MaintenanceService(
            _room.Book, _room.Desk.Desk, _room.Desk.Premises, new FacilityPolicy(), _room.Desk.Time);
        await service.TellAsync(Cancel);
    }
}
