using Hub.Gateway.Tests.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.WorkOrders;

public class OrderDeskTests : IDisposable
{
    private readonly DeskRoom _room;

    public OrderDeskTests()
        : this(new Tables())
    {
    }

    private protected OrderDeskTests(Tables tables) => _room = new DeskRoom(tables);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _room.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_press_that_is_handled_again_raises_nothing_more()
    {
        await HandleAsync(1, Some.Press("p1", Some.T0));
        await HandleAsync(1, Some.Press("p1", Some.T0));
        await HandleAsync(2, Some.Press("p1", Some.T0));

        var order = Assert.Single(await AllAsync());
        Assert.Equal(0, order.Repeats);
        Assert.Equal(new LogPosition(2), _room.Desk.Cursor);
    }

    [Fact]
    public async Task A_press_that_is_replayed_after_a_crash_raises_nothing_more()
    {
        await HandleAsync(1, Some.Press("p1", Some.T0));
        _room.Reopen();
        await _room.Desk.LoadAsync(Cancel);
        Assert.Equal(new LogPosition(1), _room.Desk.Cursor);

        await _room.Desk.RewindAsync(LogPosition.Start, Cancel);
        await HandleAsync(1, Some.Press("p1", Some.T0));
        await HandleAsync(2, Some.Press("p2", Some.At(1)));

        Assert.Equal(1, Assert.Single(await AllAsync()).Repeats);
    }

    [Fact]
    public async Task A_late_reading_is_a_note_of_the_hub_on_the_order_it_falls_into_and_on_no_other()
    {
        var leak = Some.Leak(Some.T0);
        var why = new Explanation("late", new Dictionary<string, string>
        {
            ["space"] = "1-301",
            ["device"] = "w",
            ["value"] = "10.2 m3",
            ["at"] = "2026-11-03T09:00:00Z",
        });
        var late = new AlarmTransition.Corrected(
            leak.Id, leak.RuleId, leak.Detector, leak.SpaceId, leak.Device, leak.Signal, Some.At(-5), why);
        await HandleAsync(1, leak);

        await HandleAsync(2, late, late with { Id = new AlarmId("another") });

        var order = Assert.Single(await AllAsync());
        var note = Assert.Single((await _room.Desk.HistoryAsync(order.Id, Cancel)).OfType<OrderEvent.Noted>());
        Assert.Equal(("hub", "1-301的 w 迟到了一个读数：11月3日 09:00为 10.2 m3，未参与判断"), (note.By.Id, note.Words));
    }

    [Fact]
    public async Task How_often_an_alarm_came_and_went_stands_on_its_order()
    {
        await HandleAsync(1, Some.Leak(Some.T0));

        await HandleAsync(2, Some.LeakCleared(Some.T0, Some.At(10)) with { Flaps = 4 });

        Assert.Equal(4, Assert.Single(Assert.Single(await AllAsync()).Alarms).Flaps);
    }

    [Fact]
    public async Task Presses_in_one_lobby_are_one_order_and_in_two_lobbies_two()
    {
        await HandleAsync(
            1, Some.Press("p1", Some.T0), Some.Press("p2", Some.At(0.1)), Some.Press("p1", Some.T0, "b2-e1-lobby"));

        Assert.Equal([("b2-e1-lobby", 0), ("b1-e2-lobby", 1)], (await AllAsync()).Select(o => (o.SpaceId, o.Repeats)));
    }

    [Fact]
    public async Task Of_two_people_who_accept_at_once_one_wins_and_the_other_is_told_who_and_when()
    {
        var order = await PressedAsync();
        _room.Time.Advance(TimeSpan.FromSeconds(12));

        var answers = await Task.WhenAll(
            Task.Run(() => _room.Desk.DoAsync(order, new OrderCommand.Accept(Some.Wang), Cancel), Cancel),
            Task.Run(() => _room.Desk.DoAsync(order, new OrderCommand.Accept(Some.Li), Cancel), Cancel));

        var winner = Assert.Single(answers, answer => answer.IsDone);
        var loser = Assert.Single(answers, answer => !answer.IsDone);
        Assert.Equal(RefusalReason.AlreadyAccepted, loser.Refusal!.Reason);
        Assert.Equal(winner.Order!.AcceptedBy, loser.Refusal.By);
        Assert.Equal(Some.T0.AddSeconds(12), loser.Refusal.At);
        Assert.Equal(winner.Order.AcceptedBy, (await _room.Desk.FindAsync(order, Cancel))!.AcceptedBy);
    }

    [Fact]
    public async Task A_breach_while_the_hub_was_down_is_stamped_with_its_due_instant()
    {
        var order = await PressedAsync();
        await _room.Desk.ElapseAsync(Cancel);
        _room.Time.Advance(new TimeSpan(0, 4, 59));
        _room.Reopen();
        _room.Time.Advance(TimeSpan.FromMinutes(20));

        await _room.Desk.ElapseAsync(Cancel);

        var breach = Assert.Single((await _room.Desk.HistoryAsync(order, Cancel)).OfType<OrderEvent.Breached>());
        Assert.Equal(Some.At(5), breach.At);
        Assert.Equal(_room.Time.GetUtcNow(), breach.NotedAt);
        Assert.Equal(ClockResult.Breached, (await _room.Desk.FindAsync(order, Cancel))!.Clock(ClockKind.C5).Result);
    }

    [Fact]
    public async Task The_stored_order_is_the_fold_of_its_stored_events()
    {
        var order = await PressedAsync();
        await DoAsync(order, new OrderCommand.Arrive(Some.Wang));
        await DoAsync(order, Some.Explain(Some.At(60)));
        await DoAsync(order, new OrderCommand.Resolve("visitor", "", Some.Wang));
        _room.Reopen();

        var folded = WorkOrder.Fold(await _room.Desk.HistoryAsync(order, Cancel));

        Assert.Equivalent(folded, await _room.Desk.FindAsync(order, Cancel), strict: true);
    }

    [Fact]
    public async Task An_anomaly_that_comes_back_within_a_day_reopens_its_order()
    {
        await HandleAsync(1, Some.Leak(Some.T0));
        var id = Assert.Single(await AllAsync()).Id;
        await DoAsync(id, new OrderCommand.Arrive(Some.Wang));
        await HandleAsync(2, Some.LeakCleared(Some.T0, Some.At(10)));
        await DoAsync(id, new OrderCommand.Resolve("tap-open", "", Some.Wang));

        await HandleAsync(3, Some.Leak(Some.At(300)));

        var order = Assert.Single(await AllAsync());
        Assert.Equal((OrderState.Reopened, 2), (order.State, order.Round));
        Assert.Equal(Some.At(305), order.Clock(ClockKind.C5).DueAt);
    }

    [Fact]
    public async Task An_anomaly_that_comes_back_later_is_a_new_order()
    {
        await HandleAsync(1, Some.Leak(Some.T0));
        var id = Assert.Single(await AllAsync()).Id;
        await HandleAsync(2, Some.LeakCleared(Some.T0, Some.At(0)));
        await DoAsync(id, new OrderCommand.Arrive(Some.Wang));
        await DoAsync(id, new OrderCommand.Resolve("tap-open", "", Some.Wang));

        await HandleAsync(3, Some.Leak(Some.At(25 * 60)));

        Assert.Equal(2, (await AllAsync()).Count);
    }

    [Fact]
    public async Task A_press_taken_back_cancels_its_order()
    {
        await HandleAsync(1, Some.Press("p1", Some.T0));
        await HandleAsync(2, Some.Withdrawn("p1", Some.T0.AddSeconds(12)));

        Assert.Equal(OrderState.Cancelled, Assert.Single(await AllAsync()).State);
        Assert.Empty(_room.Desk.OpenOrders);
    }

    [Fact]
    public async Task An_order_can_close_and_another_open_on_the_same_matter_in_one_row()
    {
        await HandleAsync(1, Some.Press("p1", Some.T0));
        await HandleAsync(2, Some.Withdrawn("p1", Some.T0.AddSeconds(9)), Some.Press("p2", Some.T0.AddSeconds(10)));

        Assert.Equal([OrderState.Calling, OrderState.Cancelled], (await AllAsync()).Select(order => order.State));
    }

    [Fact]
    public async Task A_second_order_can_not_be_reopened_beside_an_open_one()
    {
        var first = await PressedAsync();
        await DoAsync(first, new OrderCommand.Arrive(Some.Wang));
        await DoAsync(first, new OrderCommand.Resolve("visitor", "", Some.Wang));
        await HandleAsync(5, Some.Press("p9", Some.At(40)));

        var answer = await _room.Desk.DoAsync(first, new OrderCommand.Reopen("not solved", Some.Resident), Cancel);

        Assert.Equal(RefusalReason.AnotherIsOpen, answer.Refusal!.Reason);
    }

    [Fact]
    public async Task What_was_decided_on_an_older_version_is_refused()
    {
        var order = await PressedAsync();
        var version = (await _room.Desk.FindAsync(order, Cancel))!.Version;
        await DoAsync(order, new OrderCommand.Note("ringing the bell", Some.Li));

        var answer = await _room.Desk.DoAsync(order, new OrderCommand.Accept(Some.Wang), Cancel, version);

        Assert.Equal(RefusalReason.Changed, answer.Refusal!.Reason);
    }

    [Fact]
    public async Task Numbers_count_up_within_the_month_of_the_site()
    {
        _room.Premises.Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        await HandleAsync(1, Some.Press("a", Some.T0, "l1"), Some.Press("b", Some.T0, "l2"));
        _room.Time.Advance(new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero) - Some.T0);
        await HandleAsync(2, Some.Press("c", _room.Time.GetUtcNow(), "l3"));

        Assert.Equal(["2026-12-0001", "2026-11-0002", "2026-11-0001"], (await AllAsync()).Select(order => order.Number));
    }

    [Fact]
    public async Task Pages_of_the_list_join_without_gap_or_overlap()
    {
        await HandleAsync(1, [.. Enumerable.Range(0, 7).Select(i => Some.Press("p", Some.T0, $"lobby-{i}"))]);
        List<long> seen = [];
        long? after = null;
        do
        {
            var page = await _room.Desk.ListAsync(
                new OrderFilter { Scope = OrderScope.All, Limit = 3, After = after }, Cancel);
            seen.AddRange(page.Items.Select(order => order.Id));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], seen);
    }

    [Fact]
    public async Task A_thousand_triggers_of_one_matter_at_once_make_one_order()
    {
        var call = new OrderCommand.Raise(
            "b1-e2-lobby", new OrderRequest("request", "summon", OrderPriority.Normal, "butler"), Some.T0, Some.Wang,
            Words: "Somebody stands in the lobby.");
        var presses = Task.Run(PressAsync, Cancel);
        var people = Enumerable.Range(0, 500).Select(_ => Task.Run(() => _room.Desk.RaiseAsync(call, Cancel), Cancel));
        var answers = await Task.WhenAll(people);
        await presses;

        var order = Assert.Single(await AllAsync());
        var written = answers.Count(answer => answer.IsDone);
        Assert.Equal((true, 500 - 1 + written), (written <= 1, order.Repeats));
        Assert.All(answers.Where(answer => !answer.IsDone), answer =>
            Assert.Equal((RefusalReason.AnotherIsOpen, order.Id), (answer.Refusal!.Reason, answer.Order!.Id)));

        async Task PressAsync()
        {
            for (var row = 1; row <= 20; row++)
            {
                await HandleAsync(row, [.. Enumerable.Range(0, 25).Select(i => Some.Press($"p{row}-{i}", Some.T0))]);
            }
        }
    }

    [Fact]
    public async Task What_the_hub_itself_has_found_is_not_turned_away()
    {
        var finding = new OrderCommand.Raise(
            "b1-e2-0301", new OrderRequest("inspection", "finding", OrderPriority.Notice, "butler"), Some.At(-9_000),
            Actor.Hub);

        Assert.Null((await _room.Desk.RaiseAsync(finding, Cancel)).Refusal);
    }

    private Task HandleAsync(long row, params AlarmTransition[] transitions) =>
        _room.Desk.HandleAsync(transitions, new LogPosition(row), Cancel);

    private async Task<long> PressedAsync()
    {
        await HandleAsync(1, Some.Press("p1", Some.T0));
        return Assert.Single(await AllAsync()).Id;
    }

    private async Task DoAsync(long order, OrderCommand command)
    {
        var answer = await _room.Desk.DoAsync(order, command, Cancel);
        Assert.True(answer.IsDone, answer.Refusal?.Sentence);
    }

    private async Task<IReadOnlyList<WorkOrder>> AllAsync() =>
        (await _room.Desk.ListAsync(new OrderFilter { Scope = OrderScope.All }, Cancel)).Items;
}
