using FsCheck;
using FsCheck.Fluent;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>
/// Any people, in any order, at any minute: the clocks are what the paper says, every state is reached by a way that the
/// drawing shows, each event has its reason, and what the page offers is what the desk takes.
/// </summary>
public class WorkOrderModelTests
{
    private static readonly Actor Hotline = new("hotline-1", ActorRole.Hotline, "热线");

    internal static readonly Gen<Step> AnyStep =
        from action in Gen.Elements(Enum.GetValues<OrderAction>())
        from minutes in Gen.Frequency(
            (6, Gen.Choose(0, 6)), (3, Gen.Choose(0, 40)), (1, Gen.Choose(0, 2000)))
        from promise in Gen.Choose(1, 300)
        from person in Gen.Choose(0, 2)
        from isWatched in Gen.Elements(true, false)
        from late in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 60)))
        from isUndone in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
            // Cancelling and merging end everything, so they must not end every run.
        let isRare = action is OrderAction.Cancel or OrderAction.Merge && promise < 270
        select new Step(isRare ? OrderAction.Note : action, minutes, promise, person, isWatched, late, isUndone);

    /// <summary>From each state, where the drawing lets it go.</summary>
    private static readonly Dictionary<OrderState, OrderState[]> Ways = new()
    {
        [OrderState.Calling] =
            [OrderState.Accepted, OrderState.Resolved, OrderState.Cancelled, OrderState.Merged],
        [OrderState.Reopened] =
            [OrderState.Accepted, OrderState.WithVendor, OrderState.Resolved, OrderState.Cancelled, OrderState.Merged],
        [OrderState.Accepted] =
        [
            OrderState.Arrived, OrderState.Working, OrderState.Explained, OrderState.Resolved, OrderState.Cancelled,
            OrderState.Merged,
        ],
        [OrderState.Arrived] =
            [OrderState.Explained, OrderState.Resolved, OrderState.Cancelled, OrderState.Merged],
        [OrderState.Working] =
            [OrderState.Explained, OrderState.Resolved, OrderState.Cancelled, OrderState.Merged],
        // To Accepted with an appointment: what was promised before has a new start.
        [OrderState.Explained] =
        [
            OrderState.Accepted, OrderState.WithVendor, OrderState.Resolved, OrderState.Cancelled, OrderState.Merged,
        ],
        [OrderState.WithVendor] = [OrderState.Resolved, OrderState.Cancelled, OrderState.Merged],
        [OrderState.Resolved] = [OrderState.FollowedUp, OrderState.Reopened],
        [OrderState.FollowedUp] = [OrderState.Closed],
        [OrderState.Closed] = [OrderState.Reopened],
        [OrderState.Cancelled] = [],
        [OrderState.Merged] = [],
    };

    [Fact]
    public void The_clocks_are_what_a_caretaker_with_a_wall_clock_writes_down() =>
        Check(Some.Raise(Some.Press("p1", Some.T0)), null);

    [Fact]
    public void The_clocks_of_a_matter_for_the_desk_are_too() => Check(OfKind("request"), null);

    [Fact]
    public void The_clocks_of_a_kind_with_a_time_of_its_own_are_too() => Check(OfKind("complaint"), 24 * 60);

    [Fact]
    public void The_clocks_of_a_large_repair_are_too() => Check(OfKind("major-repair"), 3 * 24 * 60);

    /// <summary>Written down by a person, some time after the call, and perhaps for another time.</summary>
    [Theory]
    [InlineData("request", null)]
    [InlineData("repair", null)]
    [InlineData("complaint", 24 * 60)]
    public void The_clocks_of_what_a_person_has_written_down_are_too(string kind, int? term)
    {
        var any =
            from steps in AnyStep.ListOf()
            from late in Gen.Choose(0, 90)
            from ahead in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1, 600)))
            select (steps, late, ahead);
        Prop.ForAll(any.ToArbitrary(), one => Run(
                OfKind(kind) with
                {
                    Alarm = null,
                    AppointedFor = one.ahead == 0 ? null : Some.At(one.late + one.ahead),
                },
                term, one.steps, OrderPolicy.Standard, one.late))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(40));
    }

    private static OrderCommand.Raise OfKind(string kind) => Some.Raise(Some.Press("p1", Some.T0)) with
    {
        Request = new(kind, "noise", Rules.Alarms.OrderPriority.Normal, "chief"),
    };

    private static void Check(OrderCommand.Raise raise, int? term) => Prop
        .ForAll(AnyStep.ListOf().ToArbitrary(), steps => Run(raise, term, steps, OrderPolicy.Standard))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(40));

    /// <summary>Takes the steps, on the wall clock of the policy's zone, and compares what came of the clocks.</summary>
    internal static void Run(
        OrderCommand.Raise raise, int? term, IEnumerable<Step> steps, OrderPolicy policy, int minute = 0)
    {
        var start = raise.At;
        var events = new List<OrderEvent>(WorkOrder.Raise(1, "2026-11-0001", raise, At(minute), policy));
        var order = WorkOrder.Fold(events);
        var oracle = new MinuteOracle(
            start, term, raise.AppointedFor is { } appointed ? (int)(appointed - start).TotalMinutes : 0);
        foreach (var step in steps)
        {
            minute += step.Minutes;
            var now = At(minute);
            oracle.WaitUntil(minute);
            if (step.IsWatched)
            {
                order = Take(order, new OrderCommand.Elapse(), now, events, policy);
            }

            // By a phone that had no connection then.
            var done = Math.Max(0, minute - step.Late);
            var command = step.Command(now, order) with { DoneAt = At(done) };
            var isOffered = order.NextActions(now, command.By, policy).Contains(step.Action);
            var decision = order.Decide(command, now, policy);
            if (done == minute)
            {
                Assert.Equal(isOffered || IsMine(order, command), decision is OrderDecision.Done || IsFigure(decision));
            }

            if (decision is OrderDecision.Done)
            {
                var isSaidAgain = IsMine(order, command);
                // Two acts of one instant are one to whoever takes them back; no clock that people use has two.
                var isAlone = !events.Exists(one => one.NotedAt == now && one.By.Role != ActorRole.Hub);
                order = Take(order, command, now, events, policy);
                if (step.IsUndone && isAlone && done == minute && !isSaidAgain)
                {
                    // As if it had not been: the paper knows nothing of it.
                    var (act, before) = WorkOrder.LastAct(events)!.Value;
                    Assert.Equal(command.By, act.By);
                    foreach (var happened in order.Undo(command.By, act, before, now, policy))
                    {
                        order = order.Apply(happened);
                        events.Add(happened);
                    }
                }
                else if (!isSaidAgain)
                {
                    oracle.Note(command, done);
                }
            }
        }

        order = Take(order, new OrderCommand.Elapse(), At(minute), events, policy);
        oracle.WaitUntil(minute);
        Assert.Equal(
            oracle.Clocks,
            order.Clocks.Select(clock =>
                (clock.Kind, Minute(clock.StartedAt), Minute(clock.DueAt), clock.Result, MinuteOf(clock.StoppedAt))));
        Assert.Equal(events.Count, order.Version);
        Assert.Equivalent(order, WorkOrder.Fold(events), strict: true);

        DateTimeOffset At(int minutes) => TimeZoneInfo.ConvertTime(start.AddMinutes(minutes), policy.Zone);

        int Minute(DateTimeOffset at) => (int)(at - start).TotalMinutes;

        int? MinuteOf(DateTimeOffset? at) => at is { } known ? Minute(known) : null;
    }

    /// <summary>The order after it; on the way every event must have its reason and every state its way.</summary>
    private static WorkOrder Take(
        WorkOrder order, OrderCommand command, DateTimeOffset now, List<OrderEvent> events, OrderPolicy policy)
    {
        foreach (var happened in Assert.IsType<OrderDecision.Done>(order.Decide(command, now, policy)).Events)
        {
            Assert.Equal(now, happened.NotedAt);
            // A clock may be set for an appointment.
            Assert.True(happened.At <= now || happened is OrderEvent.ClockStarted);
            Explain(order, happened);
            var after = order.Apply(happened);
            Assert.True(after.State == order.State || Ways[order.State].Contains(after.State), $"{order.State} to {after.State}");
            order = after;
            events.Add(happened);
        }

        // What is over has no promise left, but for the follow-up of what was resolved.
        Assert.All(
            order.Clocks.Where(clock => clock.IsTicking),
            clock => Assert.True(clock.Kind == ClockKind.Cfu ? order.State == OrderState.Resolved : order.IsOpen));
        return order;
    }

    private static void Explain(WorkOrder order, OrderEvent happened)
    {
        switch (happened)
        {
            case OrderEvent.Breached breached:
                Assert.Equal(order.Ticking(breached.Clock)!.DueAt, breached.At);
                Assert.True(order.Ticking(breached.Clock)!.IsRunning);
                break;
            case OrderEvent.ClockStarted started:
                Assert.Null(order.Ticking(started.Clock));
                break;
            case OrderEvent.ClockStopped stopped:
                Assert.NotNull(order.Ticking(stopped.Clock));
                break;
            case OrderEvent.DueSoon soon:
                Assert.True(order.Ticking(soon.Clock) is { IsRunning: true, IsWarned: false });
                break;
            case OrderEvent.Escalated escalated:
                Assert.Null(order.AcceptedBy);
                Assert.Equal(order.Ladder.First(step => !step.IsTold), new LadderStep(escalated.To, escalated.At));
                break;
            case OrderEvent.Accepted:
                Assert.Null(order.AcceptedBy);
                break;
            case OrderEvent.FollowedUp:
                Assert.NotEqual(order.ResolvedBy!.Id, happened.By.Id);
                break;
            default:
                break;
        }
    }

    private static bool IsMine(WorkOrder order, OrderCommand command) =>
        order.IsOpen && command switch
        {
            OrderCommand.Accept => order.AcceptedBy?.Id == command.By.Id,
            OrderCommand.Arrive => order.ArrivedAt is not null && order.InPlaceBy?.Id == command.By.Id,
            OrderCommand.Answer => order.AnsweredAt is not null && order.InPlaceBy?.Id == command.By.Id,
            _ => false,
        };

    /// <summary>Offered, but this promise lies too far ahead.</summary>
    private static bool IsFigure(OrderDecision decision) =>
        decision is OrderDecision.Refused { Why.Reason: RefusalReason.TimeOutOfRange };

    internal sealed record Step(OrderAction Action, int Minutes, int Promise, int Person, bool IsWatched, int Late, bool IsUndone)
    {
        private Actor By => Person switch { 0 => Some.Wang, 1 => Some.Chief, _ => Hotline };

        public OrderCommand Command(DateTimeOffset now, WorkOrder order) => Action switch
        {
            OrderAction.Accept => new OrderCommand.Accept(By),
            OrderAction.Arrive => new OrderCommand.Arrive(By),
            OrderAction.Answer => new OrderCommand.Answer(By),
            OrderAction.Explain => Some.Explain(now.AddMinutes(Promise), By),
            OrderAction.HandToVendor => new OrderCommand.HandToVendor("works", "part", By),
            OrderAction.Appoint => new OrderCommand.Appoint(now.AddMinutes(Promise), "phone", By),
            OrderAction.Enlarge => new OrderCommand.Enlarge("the whole pipe", By),
            OrderAction.Commit => new OrderCommand.Commit(now.AddMinutes(Promise), "phone", By),
            OrderAction.Resolve => new OrderCommand.Resolve("tap-open", "", By),
            OrderAction.OverrideClose => new OrderCommand.OverrideClose("broken", By),
            OrderAction.FollowUp => new OrderCommand.FollowUp("phone", "", 4, By),
            OrderAction.Reopen => new OrderCommand.Reopen("again", By),
            OrderAction.Cancel => new OrderCommand.Cancel("mistake", By),
            OrderAction.Merge => new OrderCommand.Merge(order.Id + 1, "2026-11-0002", By),
            _ => new OrderCommand.Note("seen", By),
        };
    }
}
