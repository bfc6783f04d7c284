using Hub.Gateway.Notify;
using Hub.Gateway.Tests.Notify;
using Hub.Gateway.WorkOrders;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>Ten seconds to take back what was a mistake: the record stays, the message is not sent.</summary>
public sealed class UndoTests : IDisposable
{
    private readonly DeskRoom _room = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task What_only_the_act_had_made_due_goes_with_it()
    {
        var id = await PressAsync();
        await DoAsync(id, new OrderCommand.Arrive(Some.Wang));
        _room.Time.Advance(TimeSpan.FromMinutes(9));
        await DoAsync(id, new OrderCommand.Resolve("visitor", "", Some.Wang));
        _room.Time.Advance(TimeSpan.FromMinutes(9));
        var again = await DoAsync(id, new OrderCommand.Reopen("not solved", Some.Chief));
        Assert.Contains(again.Order!.Ladder, step => step.IsTold);

        var order = (await DoAsync(id, new OrderCommand.Undo(Some.Chief))).Order!;

        Assert.Equal((OrderState.Resolved, 1), (order.State, order.Round));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_done_is_on_record_and_the_order_goes_on_as_before(bool isWatched)
    {
        var id = await PressAsync();
        _room.Time.Advance(TimeSpan.FromSeconds(85));
        await _room.Desk.ElapseAsync(Cancel);
        var before = (await _room.Desk.FindAsync(id, Cancel))!;
        await DoAsync(id, new OrderCommand.Arrive(Some.Wang));
        _room.Time.Advance(TimeSpan.FromSeconds(9));
        if (isWatched)
        {
            await _room.Desk.ElapseAsync(Cancel);
        }

        var order = (await DoAsync(id, new OrderCommand.Undo(Some.Wang))).Order!;

        Assert.Equal((OrderState.Calling, null, null), (order.State, order.AcceptedBy, order.ArrivedAt));
        Assert.Equal(before.Clocks, order.Clocks);
        // The partner's turn at 1:30 came while the hub believed that somebody was there.
        var history = await _room.Desk.HistoryAsync(id, Cancel);
        Assert.Equal(Some.At(1.5), history.OfType<OrderEvent.Escalated>().Last().At);
        Assert.Single(history.OfType<OrderEvent.Arrived>());
        Assert.Single(history.OfType<OrderEvent.Undone>());
        Assert.Equivalent(order, WorkOrder.Fold(history), strict: true);
        Assert.Equivalent(order, await _room.Reopen().FindAsync(id, Cancel), strict: true);
    }

    [Fact]
    public async Task Only_within_ten_seconds_only_once_and_only_by_whoever_did_it()
    {
        var id = await PressAsync();
        await DoAsync(id, new OrderCommand.Accept(Some.Wang));

        Assert.Equal((RefusalReason.NothingToUndo, Some.Wang), await RefusalAsync(Some.Li));
        _room.Time.Advance(TimeSpan.FromSeconds(10));
        await DoAsync(id, new OrderCommand.Undo(Some.Wang));
        Assert.Equal((RefusalReason.NothingToUndo, Some.Wang), await RefusalAsync(Some.Wang));
        await DoAsync(id, new OrderCommand.Accept(Some.Li));
        _room.Time.Advance(TimeSpan.FromSeconds(10.1));
        Assert.Equal((RefusalReason.NothingToUndo, Some.Li), await RefusalAsync(Some.Li));

        async Task<(RefusalReason, Actor?)> RefusalAsync(Actor by)
        {
            var refusal = (await _room.Desk.DoAsync(id, new OrderCommand.Undo(by), Cancel)).Refusal!;
            return (refusal.Reason, refusal.By);
        }
    }

    [Fact]
    public async Task A_cancelled_order_comes_back_unless_another_has_taken_its_place()
    {
        var id = await PressAsync();
        await DoAsync(id, new OrderCommand.Cancel("mistake", Some.Wang));
        await DoAsync(id, new OrderCommand.Undo(Some.Wang));
        Assert.Equal(id, Assert.Single(_room.Desk.OpenOrders).Id);
        _room.Time.Advance(TimeSpan.FromSeconds(1));

        await DoAsync(id, new OrderCommand.Cancel("mistake", Some.Wang));
        await _room.Desk.HandleAsync([Some.Press("p2", _room.Time.GetUtcNow())], new LogPosition(2), Cancel);
        var refused = await _room.Desk.DoAsync(id, new OrderCommand.Undo(Some.Wang), Cancel);

        Assert.Equal(RefusalReason.AnotherIsOpen, refused.Refusal!.Reason);
    }

    [Fact]
    public async Task Whoever_was_called_is_not_told_of_what_was_taken_back()
    {
        var receiver = new FakeReceiver();
        using var room = new PostRoom(receiver, new Channel("hook", ChannelKind.Webhook) { Language = "en" });
        var order = await room.PressAsync("p1", "b1-lobby");
        await room.PassAsync(TimeSpan.FromSeconds(10));
        await room.AcceptAsync(order);
        await room.PassAsync(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(3));
        await room.Desk.DoAsync(order.Id, new OrderCommand.Undo(Some.Wang), Cancel);
        await room.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["order.call"], receiver.Taken.Select(letter => letter.Type));

        await room.AcceptAsync(order);
        await room.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(["order.call", "order.taken"], receiver.Taken.Select(letter => letter.Type));
    }

    [Fact]
    public async Task Who_decided_on_an_older_version_is_told_who_has_changed_it_and_when()
    {
        var id = await PressAsync();
        await DoAsync(id, new OrderCommand.Arrive(Some.Li));

        var refused = await _room.Desk.DoAsync(id, new OrderCommand.Note("seen", Some.Wang), Cancel, version: 1);

        Assert.Equal((RefusalReason.Changed, Some.Li, Some.T0), (refused.Refusal!.Reason, refused.Refusal.By, refused.Refusal.At));
    }

    private async Task<long> PressAsync()
    {
        await _room.Desk.HandleAsync([Some.Press("p1", Some.T0)], new LogPosition(1), Cancel);
        return Assert.Single(_room.Desk.OpenOrders).Id;
    }

    private async Task<DeskAnswer> DoAsync(long id, OrderCommand command)
    {
        var answer = await _room.Desk.DoAsync(id, command, Cancel);
        Assert.Null(answer.Refusal);
        return answer;
    }
}
