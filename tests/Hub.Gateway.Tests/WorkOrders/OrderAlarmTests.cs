using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>What an order's alarms do to it: repeated, taken back, gone by themselves or still there.</summary>
public class OrderAlarmTests
{
    private static readonly WorkOrder Called = Some.Order(Some.Press("p1", Some.T0));
    private static readonly WorkOrder Leaking = Some.Order(Some.Leak(Some.T0));

    [Fact]
    public void A_leak_is_not_resolved_while_the_meter_still_runs()
    {
        var order = Leaking.After(new OrderCommand.Arrive(Some.Wang), Some.At(4));
        var resolve = new OrderCommand.Resolve("pipe", "valve shut", Some.Wang);
        Assert.Equal(RefusalReason.SignalStillFiring, order.Refusal(resolve, Some.At(10)).Reason);
        Assert.DoesNotContain(OrderAction.Resolve, order.NextActions(Some.At(10)));

        var cleared = order.After(
            new OrderCommand.ConfirmClear(Leaking.Alarms[0].Id, Some.At(15)), Some.At(15));
        Assert.Equal(OrderState.Resolved, cleared.After(resolve, Some.At(16)).State);
    }

    [Fact]
    public void A_person_overrides_the_signal_with_a_reason()
    {
        var order = Leaking.After(new OrderCommand.Arrive(Some.Wang), Some.At(4));
        Assert.Equal(RefusalReason.TextMissing, order.Refusal(new OrderCommand.OverrideClose(" ", Some.Wang), Some.At(10)).Reason);

        Assert.Equal(
            OrderState.Resolved, order.After(new OrderCommand.OverrideClose("meter is broken", Some.Wang), Some.At(10)).State);
    }

    [Fact]
    public void One_of_two_presses_taken_back_leaves_the_other()
    {
        var second = Some.Press("p2", Some.T0.AddSeconds(5));
        var order = Called.After(new OrderCommand.Repeat(OrderAlarm.Of(second), OrderPriority.Normal), second.At)
            .After(new OrderCommand.Withdraw(Called.Alarms[0].Id, Some.T0.AddSeconds(9)), Some.T0.AddSeconds(9));
        Assert.Equal(OrderState.Calling, order.State);

        order = order.After(new OrderCommand.Withdraw(second.Id, Some.T0.AddSeconds(12)), Some.T0.AddSeconds(12));
        Assert.Equal(OrderState.Cancelled, order.State);
    }

    [Fact]
    public void A_mere_notice_runs_no_clock_until_it_is_more()
    {
        var notice = Some.Order(Some.Leak(Some.T0, priority: OrderPriority.Notice));
        Assert.Empty(notice.Clocks);
        Assert.Null(notice.WakeAt());

        var leak = Some.Leak(Some.At(60));
        var order = notice.After(new OrderCommand.Repeat(OrderAlarm.Of(leak), OrderPriority.Urgent), Some.At(61));

        Assert.Equal(Some.At(65), order.Clock(ClockKind.C5).DueAt);
        Assert.Equal("butler", Assert.Single(order.Ladder, step => step.IsTold).To);
    }

    [Fact]
    public void A_notice_that_nobody_took_goes_when_the_signal_agrees()
    {
        var notice = Some.Order(Some.Leak(Some.T0, priority: OrderPriority.Notice));

        var order = notice.After(new OrderCommand.ConfirmClear(notice.Alarms[0].Id, Some.At(5)), Some.At(5));

        Assert.Equal((OrderState.Closed, "recovered"), (order.State, order.Cause));
    }

    [Fact]
    public void Two_hundred_presses_are_counted_and_not_all_kept()
    {
        var order = Called;
        for (var i = 0; i < 200; i++)
        {
            var press = Some.Press($"again-{i}", Some.T0.AddSeconds(i));
            order = order.After(new OrderCommand.Repeat(OrderAlarm.Of(press), OrderPriority.Normal), press.At);
        }

        Assert.Equal((200, OrderPolicy.AlarmsMax), (order.Repeats, order.Alarms.Count));
        Assert.Equal(Called.Alarms[0], order.Alarms[0]);
    }
}
