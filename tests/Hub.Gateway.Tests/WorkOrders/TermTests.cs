using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>What is to be done within a time of its kind's own, or at an agreed one.</summary>
public class TermTests
{
    [Theory]
    [InlineData("complaint", 24)]
    [InlineData("major-repair", 72)]
    public void Some_kinds_have_their_own_time_instead_of_the_30_minutes(string kind, int hours)
    {
        var order = Written(kind);

        Assert.Equal(
            [(ClockKind.C5, Some.At(5)), (ClockKind.Cx, Some.T0.AddHours(hours))],
            order.Clocks.Select(clock => (clock.Kind, clock.DueAt)));
        Assert.Equal(Some.T0.AddHours(hours), order.PromisedFor);
    }

    [Fact]
    public void A_small_repair_is_due_at_once() =>
        Assert.Equal([ClockKind.C5, ClockKind.C30], Written("repair").Clocks.Select(clock => clock.Kind));

    [Fact]
    public void A_complaint_is_explained_handed_over_and_followed_up_within_its_day()
    {
        var order = Written("complaint").After(new OrderCommand.Answer(Some.Chief), Some.At(3))
            .After(Some.Explain(Some.At(20 * 60), Some.Chief), Some.At(300))
            .After(new OrderCommand.HandToVendor("works", "measure it", Some.Chief), Some.At(310));
        Assert.Equal([ClockKind.C5, ClockKind.Cx], order.Clocks.Select(clock => clock.Kind));

        order = order.After(new OrderCommand.Resolve("informed", "", Some.Chief), Some.At(1000));

        Assert.Equal(ClockResult.Met, order.Clock(ClockKind.Cx).Result);
        Assert.True(order.Clock(ClockKind.Cfu).IsRunning);
    }

    [Fact]
    public void Only_a_superior_gives_another_date_and_a_broken_one_stays_broken()
    {
        var order = Written("major-repair").After(new OrderCommand.Arrive(Some.Wang), Some.At(3));
        var date = new OrderCommand.Commit(Some.At(6 * 24 * 60), "phone", Some.Wang);
        Assert.Equal(RefusalReason.RoleMayNot, order.Refusal(date, Some.At(10)).Reason);

        order = order.After(date with { By = Some.Chief }, Some.T0.AddDays(4));

        Assert.Equal(
            [ClockResult.Breached, ClockResult.Running],
            order.Clocks.Where(clock => clock.Kind == ClockKind.Cx).Select(clock => clock.Result));
    }

    [Fact]
    public void An_appointment_begins_at_its_time_and_somebody_is_looked_for_before()
    {
        var events = WorkOrder.Raise(1, "2026-11-0001", Raise("request", Some.At(180)), Some.T0);
        var order = WorkOrder.Fold(events);

        Assert.Equal(
            [(ClockKind.C5, Some.At(180), Some.At(185)), (ClockKind.C30, Some.At(180), Some.At(210))],
            order.Clocks.Select(clock => (clock.Kind, clock.StartedAt, clock.DueAt)));
        Assert.Equal([Some.At(150), Some.At(151.5), Some.At(153), Some.At(154)], order.Ladder.Select(step => step.DueAt));
        Assert.Equal(Some.At(150), order.WakeAt());
        Assert.Empty(events.OfType<OrderEvent.Escalated>());

        var taken = order.After(new OrderCommand.Accept(Some.Wang), Some.At(20));
        Assert.Equal(Some.At(165), taken.WakeAt());
        var reminded = Assert.IsType<OrderDecision.Done>(taken.Decide(new OrderCommand.Elapse(), Some.At(166)));
        Assert.Equal(Some.At(165), Assert.IsType<OrderEvent.DueSoon>(Assert.Single(reminded.Events)).At);
    }

    [Fact]
    public void An_appointment_is_moved_with_the_customer_and_its_promises_with_it()
    {
        var order = WorkOrder.Fold(WorkOrder.Raise(1, "2026-11-0001", Raise("request", Some.At(180)), Some.T0))
            .After(new OrderCommand.Accept(Some.Wang), Some.At(20))
            .After(new OrderCommand.Appoint(Some.At(600), "phone", Some.Wang), Some.At(170));

        Assert.Equal(Some.At(600), order.AppointedFor);
        Assert.Equal(Some.At(605), order.Ticking(ClockKind.C5)!.DueAt);
        Assert.Equal(Some.At(630), order.Ticking(ClockKind.C30)!.DueAt);
        var arrived = order.After(new OrderCommand.Arrive(Some.Wang), Some.At(601));
        Assert.Equal(ClockResult.Met, arrived.Clock(ClockKind.C5).Result);
        Assert.Null(arrived.FirstBreach);
    }

    [Fact]
    public void A_call_and_a_leak_can_not_be_put_off()
    {
        var called = Some.Order(Some.Press("p1", Some.T0)).After(new OrderCommand.Accept(Some.Wang), Some.At(1));

        var refusal = called.Refusal(new OrderCommand.Appoint(Some.At(600), "phone", Some.Wang), Some.At(2));

        Assert.Equal(RefusalReason.WrongState, refusal.Reason);
    }

    [Fact]
    public void A_small_repair_that_turns_out_to_be_large_has_three_days_once_the_customer_knows()
    {
        var larger = new OrderCommand.Enlarge("the whole riser", Some.Wang);
        var order = Written("repair").After(new OrderCommand.Arrive(Some.Wang), Some.At(4));
        Assert.Equal(RefusalReason.NotExplained, order.Refusal(larger, Some.At(10)).Reason);
        var explained = order.After(Some.Explain(Some.At(200)), Some.At(20));

        var large = explained.After(larger, Some.At(25));

        Assert.Equal(("major-repair", Some.T0.AddDays(3)), (large.Kind, large.PromisedFor));
        Assert.Equal(ClockResult.Replaced, large.Clock(ClockKind.C4h).Result);
        Assert.Equal((ClockKind.Cx, Some.T0.AddDays(3)), (large.NextClock!.Kind, large.NextClock.DueAt));
        var again = new OrderCommand.Commit(Some.At(9_000), "phone", Some.Wang);
        Assert.Equal(RefusalReason.RoleMayNot, large.Refusal(again, Some.At(30)).Reason);
        Assert.Equal(RefusalReason.WrongState, large.Refusal(larger, Some.At(30)).Reason);
        Assert.Equal(
            RefusalReason.WrongState, Written("complaint").After(new OrderCommand.Answer(Some.Wang), Some.At(1))
                .Refusal(larger, Some.At(2)).Reason);
    }

    [Fact]
    public void Superiors_hear_of_an_urgent_complaint_at_its_beginning_and_of_no_other()
    {
        Assert.Equal(["chief", "director"], Upward("complaint", OrderPriority.Urgent));
        Assert.Empty(Upward("complaint", OrderPriority.Normal));
        Assert.Empty(Upward("repair", OrderPriority.Urgent));
    }

    private static List<string> Upward(string kind, OrderPriority priority)
    {
        var raise = Raise(kind);
        var events = WorkOrder.Raise(
            1, "2026-11-0001", raise with { Request = raise.Request with { Priority = priority } }, Some.T0);
        return
        [
            .. events.SelectMany(happened => Notice.Of(WorkOrder.Fold(events), happened, null))
                .Where(notice => notice.Kind == NoticeKind.Upward).Select(notice => notice.To),
        ];
    }

    private static WorkOrder Written(string kind) =>
        WorkOrder.Fold(WorkOrder.Raise(1, "2026-11-0001", Raise(kind), Some.T0));

    private static OrderCommand.Raise Raise(string kind, DateTimeOffset? appointed = null) => new(
        "b1-e2-0301", new OrderRequest(kind, kind, OrderPriority.Normal, "butler"), Some.T0, Some.Chief,
        Words: "what was wanted", AppointedFor: appointed);
}
