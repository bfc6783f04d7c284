using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Tests.WorkOrders;

public class WorkOrderTests
{
    private static readonly WorkOrder Called = Some.Order(Some.Press("p1", Some.T0));
    private static readonly WorkOrder Leaking = Some.Order(Some.Leak(Some.T0));

    [Fact]
    public void A_press_starts_the_5_and_the_30_minutes_at_the_press()
    {
        Assert.Equal(OrderState.Calling, Called.State);
        Assert.Equal(
            [(ClockKind.C5, Some.At(5)), (ClockKind.C30, Some.At(30))],
            Called.Clocks.Select(clock => (clock.Kind, clock.DueAt)));
    }

    [Fact]
    public void A_press_that_arrives_late_is_late_from_the_press()
    {
        var events = WorkOrder.Raise(1, "2026-11-0001", Some.Raise(Some.Press("p1", Some.T0)), Some.At(31));

        var order = WorkOrder.Fold(events);

        Assert.Equal((Some.T0, Some.At(31)), (order.StartedAt, order.NotedAt));
        Assert.Equal([Some.At(5), Some.At(30)], events.OfType<OrderEvent.Breached>().Select(breach => breach.At));
    }

    [Fact]
    public void Accepting_tells_who_has_it_and_does_not_stop_the_5_minutes()
    {
        var order = Called.After(new OrderCommand.Accept(Some.Wang), Some.At(1));

        Assert.Equal((OrderState.Accepted, Some.Wang), (order.State, order.AcceptedBy));
        Assert.True(order.Clock(ClockKind.C5).IsRunning);
    }

    [Fact]
    public void Arriving_within_5_minutes_keeps_the_promise()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(4.99));

        Assert.Equal((ClockResult.Met, OrderState.Arrived), (order.Clock(ClockKind.C5).Result, order.State));
        Assert.Equal(Some.Wang, order.AcceptedBy);
    }

    [Fact]
    public void Arriving_after_5_minutes_leaves_a_breach_at_5_minutes()
    {
        var done = Assert.IsType<OrderDecision.Done>(Called.Decide(new OrderCommand.Arrive(Some.Wang), Some.At(7)));

        var breach = Assert.Single(done.Events.OfType<OrderEvent.Breached>());
        Assert.Equal((Some.At(5), Some.At(7)), (breach.At, breach.NotedAt));
        var clock = Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(7)).Clock(ClockKind.C5);
        Assert.Equal((ClockResult.Breached, Some.At(7)), (clock.Result, clock.StoppedAt));
    }

    [Fact]
    public void The_fifth_minute_itself_is_too_late() => Assert.Equal(
        ClockResult.Breached,
        Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(5)).Clock(ClockKind.C5).Result);

    [Fact]
    public void A_call_in_the_lobby_can_not_be_answered_by_phone() => Assert.Equal(
        RefusalReason.OnTheSpotOnly, Called.Refusal(new OrderCommand.Answer(Some.Wang), Some.At(1)).Reason);

    [Fact]
    public void A_matter_for_the_desk_is_answered_within_the_5_minutes()
    {
        var silent = Some.Order(Some.Leak(Some.T0, kind: "device"));

        var order = silent.After(new OrderCommand.Answer(Some.Wang), Some.At(3));

        Assert.Equal((OrderState.Working, ClockResult.Met), (order.State, order.Clock(ClockKind.C5).Result));
    }

    [Fact]
    public void Explaining_ends_the_30_minutes_and_opens_the_4_hours_from_the_start()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(3))
            .After(Some.Explain(Some.At(200)), Some.At(28));

        Assert.Equal((OrderState.Explained, Some.At(200)), (order.State, order.PromisedFor));
        Assert.Equal(ClockResult.Met, order.Clock(ClockKind.C30).Result);
        Assert.Equal((Some.T0, Some.At(240)), (order.Clock(ClockKind.C4h).StartedAt, order.Clock(ClockKind.C4h).DueAt));
    }

    [Fact]
    public void An_explanation_can_not_promise_more_than_4_hours()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(3));

        Assert.Equal(RefusalReason.TimeOutOfRange, order.Refusal(Some.Explain(Some.At(241)), Some.At(28)).Reason);
        Assert.Equal(RefusalReason.TimeOutOfRange, order.Refusal(Some.Explain(Some.At(27)), Some.At(28)).Reason);
        Assert.Equal(RefusalReason.TooLate, order.Refusal(Some.Explain(Some.At(300)), Some.At(240)).Reason);
    }

    [Fact]
    public void An_outside_party_needs_the_explanation_first_and_gets_a_day_for_its_date()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(3));
        var hand = new OrderCommand.HandToVendor("Lift works", "new door drive", Some.Wang);
        Assert.Equal(RefusalReason.NotExplained, order.Refusal(hand, Some.At(20)).Reason);

        order = order.After(Some.Explain(Some.At(200)), Some.At(20)).After(hand, Some.At(25));
        Assert.Equal(ClockResult.Replaced, order.Clock(ClockKind.C4h).Result);
        Assert.Equal(Some.At(24 * 60), order.Clock(ClockKind.C1d).DueAt);

        order = order.After(new OrderCommand.Commit(Some.At(3000), "phone", Some.Wang), Some.At(90));
        Assert.Equal(ClockResult.Met, order.Clock(ClockKind.C1d).Result);
        Assert.Equal((Some.At(90), Some.At(3000)), (order.Clock(ClockKind.Cx).StartedAt, order.Clock(ClockKind.Cx).DueAt));
    }

    [Fact]
    public void A_new_date_replaces_the_old_one_but_not_its_breach()
    {
        var order = WithVendor().After(new OrderCommand.Commit(Some.At(120), "phone", Some.Wang), Some.At(90))
            .After(new OrderCommand.Commit(Some.At(400), "phone", Some.Wang), Some.At(100))
            .After(new OrderCommand.Commit(Some.At(900), "phone", Some.Wang), Some.At(500));

        Assert.Equal(
            [ClockResult.Replaced, ClockResult.Breached, ClockResult.Running],
            order.Clocks.Where(clock => clock.Kind == ClockKind.Cx).Select(clock => clock.Result));
    }

    [Fact]
    public void Whoever_resolved_it_does_not_follow_it_up()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Chief), Some.At(3))
            .After(new OrderCommand.Resolve("visitor", "", Some.Chief), Some.At(9));
        Assert.Equal(Some.At(9 + (24 * 60)), order.Clock(ClockKind.Cfu).DueAt);
        Assert.Equal(
            RefusalReason.SamePerson,
            order.Refusal(new OrderCommand.FollowUp("phone", "fine", 5, Some.Chief), Some.At(60)).Reason);

        var desk = new Actor("hotline-1", ActorRole.Hotline, "热线");
        var closed = order.After(new OrderCommand.FollowUp("phone", "fine", 5, desk), Some.At(60));
        Assert.Equal((OrderState.Closed, 5), (closed.State, closed.Rating));
        Assert.Equal(ClockResult.Met, closed.Clock(ClockKind.Cfu).Result);
    }

    [Fact]
    public void Reopening_begins_again_with_todays_time_and_keeps_the_first_breach()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(9))
            .After(new OrderCommand.Resolve("visitor", "", Some.Wang), Some.At(20))
            .After(new OrderCommand.Reopen("still there", Some.Resident), Some.At(100));

        Assert.Equal((OrderState.Reopened, null), (order.State, order.AcceptedBy));
        Assert.Equal(Some.At(105), order.Clock(ClockKind.C5).DueAt);
        Assert.Equal(Some.At(130), order.Clock(ClockKind.C30).DueAt);
        Assert.Equal(Some.At(5), order.FirstBreach!.DueAt);
    }

    [Fact]
    public void Reopening_after_a_commitment_restarts_the_commitment_with_the_same_span()
    {
        var order = WithVendor().After(new OrderCommand.Commit(Some.At(190), "phone", Some.Wang), Some.At(90))
            .After(new OrderCommand.Resolve("vendor", "", Some.Wang), Some.At(120))
            .After(new OrderCommand.Reopen("still there", Some.Resident), Some.At(1000));

        Assert.Equal(Some.At(1100), order.Clock(ClockKind.Cx).DueAt);
        Assert.Equal(Some.At(1100), order.PromisedFor);
    }

    [Fact]
    public void The_ladder_goes_on_until_somebody_accepts()
    {
        Assert.Equal(["butler"], Told(Called));
        var later = Called.After(new OrderCommand.Elapse(), Some.At(3.5));
        Assert.Equal(["butler", "partner", "hotline"], Told(later));

        var accepted = later.After(new OrderCommand.Accept(Some.Wang), Some.At(3.6));
        Assert.Equal(["butler", "partner", "hotline"], Told(accepted.After(new OrderCommand.Elapse(), Some.At(60))));
        Assert.Equal(
            ["butler", "partner", "hotline", "chief"], Told(later.After(new OrderCommand.Elapse(), Some.At(60))));
    }

    [Fact]
    public void Outside_lobby_hours_the_hotline_is_told_at_once()
    {
        var night = Some.Order(Some.Press("p1", Some.T0.AddHours(-6)));

        Assert.Equal(("hotline", Some.T0.AddHours(-6)), (night.Ladder[0].To, night.Ladder[0].DueAt));
    }

    [Fact]
    public void Explaining_becomes_the_thing_to_do_at_25_minutes()
    {
        var order = Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(3));

        Assert.Equal(OrderAction.Resolve, order.NextActions(Some.At(24.9))[0]);
        Assert.Equal(OrderAction.Explain, order.NextActions(Some.At(25))[0]);
    }

    [Fact]
    public void The_big_button_follows_the_order()
    {
        Assert.Equal(OrderAction.Accept, Called.NextActions(Some.At(1))[0]);
        var accepted = Called.After(new OrderCommand.Accept(Some.Wang), Some.At(1));
        Assert.Equal(OrderAction.Arrive, accepted.NextActions(Some.At(2))[0]);
        var vendor = WithVendor();
        Assert.Equal(OrderAction.Commit, vendor.NextActions(Some.At(50))[0]);
        var resolved = vendor.After(new OrderCommand.Resolve("vendor", "", Some.Wang), Some.At(60));
        Assert.Equal(OrderAction.FollowUp, resolved.NextActions(Some.At(70))[0]);
        Assert.DoesNotContain(OrderAction.FollowUp, resolved.NextActions(Some.At(70), Some.Wang));
    }

    [Fact]
    public void A_resident_takes_a_call_back_within_20_seconds_and_not_later()
    {
        var cancel = new OrderCommand.Cancel("", Some.Resident);

        Assert.Equal(OrderState.Cancelled, Called.After(cancel, Some.T0.AddSeconds(20)).State);
        Assert.Equal(RefusalReason.TooLate, Called.Refusal(cancel, Some.T0.AddSeconds(21)).Reason);
        Assert.Equal(RefusalReason.RoleMayNot, Leaking.Refusal(cancel, Some.T0.AddSeconds(1)).Reason);
        Assert.Equal(
            RefusalReason.TextMissing, Called.Refusal(new OrderCommand.Cancel("", Some.Wang), Some.At(1)).Reason);
    }

    [Fact]
    public void A_clock_set_back_stamps_nothing_before_what_has_happened()
    {
        var order = Called.After(new OrderCommand.Accept(Some.Wang), Some.At(4))
            .After(new OrderCommand.Arrive(Some.Wang), Some.At(1));

        Assert.Equal(Some.At(4), order.ArrivedAt);
    }

    private static WorkOrder WithVendor() => Called.After(new OrderCommand.Arrive(Some.Wang), Some.At(3))
        .After(Some.Explain(Some.At(200)), Some.At(20))
        .After(new OrderCommand.HandToVendor("Lift works", "new door drive", Some.Wang), Some.At(25));

    private static IEnumerable<string> Told(WorkOrder order) =>
        order.Ladder.Where(step => step.IsTold).Select(step => step.To);
}
