using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>What phones without a connection did, and the hub hears of later.</summary>
public class LateCommandTests
{
    private static readonly WorkOrder Called = Some.Order(Some.Press("p1", Some.T0));

    [Fact]
    public void An_arrival_in_time_that_is_heard_of_too_late_keeps_the_promise_and_both_times()
    {
        var breached = Called.After(new OrderCommand.Elapse(), Some.At(6));
        Assert.Equal(ClockResult.Breached, breached.Clock(ClockKind.C5).Result);
        var late = new OrderCommand.Arrive(Some.Wang) { DoneAt = Some.At(4.5) };

        var done = Assert.IsType<OrderDecision.Done>(breached.Decide(late, Some.At(8)));

        var arrived = Assert.Single(done.Events.OfType<OrderEvent.Arrived>());
        Assert.Equal((Some.At(4.5), Some.At(8)), (arrived.At, arrived.NotedAt));
        var clock = breached.After(late, Some.At(8)).Clock(ClockKind.C5);
        Assert.Equal((ClockResult.Met, Some.At(4.5)), (clock.Result, clock.StoppedAt));
        Assert.Null(breached.After(late, Some.At(8)).FirstBreach);
    }

    [Fact]
    public void It_makes_no_difference_whether_the_hub_had_looked_at_the_clock_before()
    {
        var late = new OrderCommand.Arrive(Some.Wang) { DoneAt = Some.At(4.5) };

        var seen = Called.After(new OrderCommand.Elapse(), Some.At(6)).After(late, Some.At(31));
        var unseen = Called.After(late, Some.At(31));

        Assert.Equal(Kept(seen), Kept(unseen));
        Assert.Equal(ClockResult.Breached, unseen.Clock(ClockKind.C30).Result);

        static IEnumerable<SlaClock> Kept(WorkOrder order) =>
            order.Clocks.Select(clock => clock with { IsWarned = false });
    }

    [Fact]
    public void Steps_come_in_any_order_as_long_as_each_follows_upon_what_it_needs()
    {
        var order = Called.After(new OrderCommand.Accept(Some.Wang), Some.At(1))
            .After(Some.Explain(Some.At(100)) with { DoneAt = Some.At(20) }, Some.At(40))
            .After(new OrderCommand.Arrive(Some.Wang) { DoneAt = Some.At(3) }, Some.At(41))
            .After(new OrderCommand.Resolve("helped", "", Some.Wang) { DoneAt = Some.At(35) }, Some.At(42));

        Assert.Equal([ClockKind.C5, ClockKind.C30, ClockKind.C4h, ClockKind.Cfu], order.Clocks.Select(clock => clock.Kind));
        Assert.Equal(Some.At(35), order.ResolvedAt);
        Assert.All(order.Clocks.SkipLast(1), clock => Assert.Equal(ClockResult.Met, clock.Result));
    }

    [Fact]
    public void What_can_t_have_been_done_then_is_refused()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(10));

        Assert.Equal(RefusalReason.TimeOutOfRange, Reason(new OrderCommand.Resolve("helped", "", Some.Wang), 9));
        Assert.Equal(RefusalReason.TimeOutOfRange, Reason(new OrderCommand.Note("seen", Some.Wang), -1));
        Assert.Equal(RefusalReason.TimeOutOfRange, Reason(new OrderCommand.Cancel("mistake", Some.Wang), 2));
        Assert.Equal(
            RefusalReason.TimeOutOfRange,
            order.Refusal(new OrderCommand.Note("seen", Some.Wang) { DoneAt = Some.At(11) }, Some.At(11 + (25 * 60))).Reason);

        RefusalReason Reason(OrderCommand command, double done) =>
            order.Refusal(command with { DoneAt = Some.At(done) }, Some.At(20)).Reason;
    }

    [Fact]
    public void A_phone_whose_clock_is_ahead_has_done_it_now()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Wang) { DoneAt = Some.At(90) }, Some.At(2));

        Assert.Equal(Some.At(2), order.ArrivedAt);
    }

    [Fact]
    public void What_was_sent_twice_happens_once()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(2));

        Assert.Equal(order, order.After(new OrderCommand.Arrive(Some.Wang) { DoneAt = Some.At(2) }, Some.At(3)));
        Assert.Equal(
            RefusalReason.AlreadyInPlace, order.Refusal(new OrderCommand.Arrive(Some.Li), Some.At(3)).Reason);
    }
}
