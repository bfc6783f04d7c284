using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Readings;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>Symptoms of one vacant home within an hour are one order with all of them.</summary>
public sealed class OneCaseTests : IDisposable
{
    private readonly DeskRoom _room = new();
    private long _row;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task Door_water_and_electricity_of_a_vacant_home_are_one_order_with_every_sentence_and_all_readings()
    {
        await HandleAsync(Door(0), Water(20), Power(50));

        var order = Assert.Single(await AllAsync());
        Assert.Equal(("intrusion", 2), (order.Kind, order.Repeats));
        Assert.Equal([null, "W1", "E2"], order.Alarms.Select(alarm => alarm.Why?.Key));
        Assert.Equal([3, 1, 2], order.Evidence!.Points.Select(point => point.Value));
        Assert.Equal((Some.At(-30), Some.At(50)), (order.Evidence.From, order.Evidence.To));
        Assert.Equal(["intrusion", "water", "electricity"], order.Symptoms);
    }

    [Fact]
    public async Task The_strongest_priority_wins_and_a_weaker_symptom_takes_nothing_back()
    {
        await HandleAsync(Door(0));
        await HandleAsync(Water(10, OrderPriority.Urgent));
        await HandleAsync(Power(20));

        Assert.Equal(OrderPriority.Urgent, Assert.Single(await AllAsync()).Priority);
    }

    [Fact]
    public async Task A_notice_that_is_joined_by_an_order_begins_its_clocks_then()
    {
        await HandleAsync(Water(0, OrderPriority.Notice));
        Assert.Empty(Assert.Single(await AllAsync()).Clocks);

        await HandleAsync(Door(30));

        var order = Assert.Single(await AllAsync());
        Assert.Equal((OrderPriority.Normal, Some.At(35)), (order.Priority, order.Clock(ClockKind.C5).DueAt));
    }

    [Fact]
    public async Task The_order_in_which_they_become_known_does_not_matter()
    {
        await HandleAsync(Power(50));
        await HandleAsync(Door(0));

        Assert.Equal(1, Assert.Single(await AllAsync()).Repeats);
    }

    [Fact]
    public async Task What_comes_after_the_window_is_an_order_of_its_own_although_the_first_goes_on()
    {
        await HandleAsync(Water(0), Door(61));

        Assert.Equal(["intrusion", "leak"], (await AllAsync()).Select(order => order.Kind));
    }

    [Fact]
    public async Task A_symptom_that_has_joined_comes_again_to_the_same_order_whenever_that_is()
    {
        await HandleAsync(Door(0), Power(50));
        await HandleAsync(Power(300));

        var order = Assert.Single(await AllAsync());
        Assert.Equal((2, null), (order.Repeats, order.Alarms[^1].Why));
    }

    [Fact]
    public async Task The_order_waits_until_every_signal_that_joined_it_agrees()
    {
        await HandleAsync(Door(0), Water(5));
        var id = Assert.Single(await AllAsync()).Id;
        await _room.Desk.DoAsync(id, new OrderCommand.Arrive(Some.Wang), Cancel);

        await HandleAsync(Cleared(Door(0), 10));
        var tooEarly = await _room.Desk.DoAsync(id, new OrderCommand.Resolve("visitor", "", Some.Wang), Cancel);
        await HandleAsync(Cleared(Water(5), 20));
        var inTime = await _room.Desk.DoAsync(id, new OrderCommand.Resolve("visitor", "", Some.Wang), Cancel);

        Assert.Equal(RefusalReason.SignalStillFiring, tooEarly.Refusal!.Reason);
        Assert.True(inTime.IsDone);
    }

    [Fact]
    public async Task Whoever_has_promised_a_later_time_is_not_there_any_more_so_somebody_else_is_called()
    {
        await HandleAsync(Water(0));
        var id = Assert.Single(await AllAsync()).Id;
        await _room.Desk.DoAsync(id, new OrderCommand.Arrive(Some.Wang), Cancel);
        await _room.Desk.DoAsync(id, Some.Explain(Some.At(120)), Cancel);

        await HandleAsync(Door(30));

        Assert.Equal(2, (await AllAsync()).Count);
    }

    [Fact]
    public async Task When_the_case_is_closed_its_symptoms_are_free_again()
    {
        await HandleAsync(Door(0), Power(5), Cleared(Door(0), 6), Cleared(Power(5), 6));
        var id = Assert.Single(await AllAsync()).Id;
        await _room.Desk.DoAsync(id, new OrderCommand.Arrive(Some.Wang), Cancel);
        await _room.Desk.DoAsync(id, new OrderCommand.Resolve("visitor", "", Some.Wang), Cancel);

        await HandleAsync(Power(100));

        Assert.Equal([("electricity", true), ("intrusion", false)], (await AllAsync()).Select(o => (o.Kind, o.IsOpen)));
    }

    [Fact]
    public async Task Two_homes_and_a_home_that_is_lived_in_and_an_engineers_matter_are_never_one_case()
    {
        var silent = Door(3) with
        {
            Id = new AlarmId("silent"),
            RuleId = "silent",
            Order = new("device", "device", OrderPriority.Normal, "engineer"),
        };
        await HandleAsync(
            Door(0), Water(1) with { SpaceId = "b1-e2-0302" }, silent,
            Water(2) with { Id = new AlarmId("a"), SpaceId = "home", IsVacant = false },
            Power(2) with { Id = new AlarmId("b"), SpaceId = "home", IsVacant = false });

        Assert.Equal(5, (await AllAsync()).Count);
    }

    [Fact]
    public async Task Leaks_at_several_points_and_of_several_rules_are_one_order_that_names_each()
    {
        var rope = Water(5) with { Id = new AlarmId("rope"), RuleId = "leak-rope", Device = "edge-b1/rope" };
        await HandleAsync(Water(0), rope, Water(7), Water(400, OrderPriority.Urgent) with { RuleId = "burst" });

        var order = Assert.Single(await AllAsync());
        Assert.Equal((OrderPriority.Urgent, 3), (order.Priority, order.Repeats));
        Assert.Equal([false, true, false, true], order.Alarms.Select(alarm => alarm.Why is not null));
    }

    [Fact]
    public async Task Killed_and_replayed_the_case_is_still_one()
    {
        await HandleAsync(Door(0));
        await HandleAsync(Water(5));
        var before = Assert.Single(await AllAsync());
        _room.Reopen();
        await _room.Desk.RewindAsync(LogPosition.Start, Cancel);
        _row = 0;

        await HandleAsync(Door(0));
        await HandleAsync(Water(5));
        await HandleAsync(Water(6));

        var after = Assert.Single(await AllAsync());
        Assert.Equal((1, 2), (before.Repeats, after.Repeats));
        Assert.Equivalent(
            WorkOrder.Fold(await _room.Desk.HistoryAsync(after.Id, Cancel)), after, strict: true);
    }

    [Fact]
    public async Task The_readings_that_join_are_frozen_beside_those_that_are_there()
    {
        var history = new TellsAll();
        using var service = new EvidenceService(_room.Desk, history);
        await HandleAsync(Door(0));
        await service.FreezeAsync(Cancel);
        history.Value = 2;

        await HandleAsync(Water(5));
        await service.FreezeAsync(Cancel);

        var series = await _room.Desk.EvidenceAsync(1, Cancel);
        Assert.Equal([(3, 1.0), (1, 2.0)], series.Select(one => (one.Point.Value, one.Samples[0].Value)));
    }

    private static AlarmTransition.Raised Door(int minute) => Alarm(minute, "D1", 3, "intrusion", "intrusion");

    private static AlarmTransition.Raised Water(int minute, OrderPriority priority = OrderPriority.Normal) =>
        Alarm(minute, "W1", 1, "leak", "water", priority);

    private static AlarmTransition.Raised Power(int minute) => Alarm(minute, "E2", 2, "electricity", "electricity");

    private static AlarmTransition.Raised Alarm(
        int minute, string rule, int point, string kind, string symptom,
        OrderPriority priority = OrderPriority.Normal) =>
        Some.Leak(Some.At(minute)) with
        {
            Id = new AlarmId($"{rule}|{minute}"),
            RuleId = rule,
            Detector = rule,
            Device = $"edge-b1/{point}",
            Order = new OrderRequest(kind, symptom, priority, "butler"),
            Why = new Explanation(rule, new Dictionary<string, string>()),
            Evidence = new Evidence([new PointNumber(point)], Some.At(minute - 30), Some.At(minute), null, ""),
            IsVacant = true,
        };

    private static AlarmTransition.Cleared Cleared(AlarmTransition.Raised raised, int minute) => new(
        raised.Id, raised.RuleId, raised.Detector, raised.SpaceId, raised.Device, raised.Signal, Some.At(minute));

    private Task HandleAsync(params AlarmTransition[] transitions) =>
        _room.Desk.HandleAsync(transitions, new LogPosition(++_row), Cancel);

    private async Task<IReadOnlyList<WorkOrder>> AllAsync() =>
        (await _room.Desk.ListAsync(new OrderFilter { Scope = OrderScope.All }, Cancel)).Items;

    private sealed class TellsAll : IEvidenceSource
    {
        public double Value { get; set; } = 1;

        public ValueTask<IReadOnlyList<EvidenceSeries>> ReadAsync(Evidence evidence, CancellationToken cancel) =>
            ValueTask.FromResult<IReadOnlyList<EvidenceSeries>>(
                [.. evidence.Points.Select(point => new EvidenceSeries(point, [new EvidenceSample(evidence.To, Value)]))]);
    }
}
