using Hub.Gateway.Tests.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>The goal: rows that are gone cost no order that anything else still tells of, and none comes twice.</summary>
public sealed class DeskMendTests : IDisposable
{
    private static readonly AlarmTransition[] Presses =
        [Some.Press("p1", Some.At(0), "space-1"), Some.Press("p2", Some.At(1), "space-2")];

    private readonly Tables _tables = new();
    private readonly DeskRoom _room;

    public DeskMendTests() => _room = new DeskRoom(_tables);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _room.Dispose();

    [Theory]
    [InlineData("DELETE FROM orders")]
    [InlineData("DELETE FROM order_alarms")]
    [InlineData("DELETE FROM order_desk")]
    [InlineData("DELETE FROM orders; DELETE FROM order_alarms; DELETE FROM order_desk")]
    [InlineData("DELETE FROM order_events; DELETE FROM order_desk")]
    [InlineData("UPDATE order_desk SET \"OrderIdLast\" = 0, \"NumberLast\" = 0")]
    public async Task The_journal_heard_again_makes_no_second_order_and_no_number_is_given_twice(string damage)
    {
        await _room.Desk.HandleAsync(Presses, new LogPosition(1), Cancel);
        var accepted = await _room.Desk.DoAsync(1, new OrderCommand.Accept(Some.Wang), Cancel);
        var before = await AllAsync();

        await _tables.DoAsync(damage);
        Mend();
        await _room.Desk.HandleAsync(Presses, new LogPosition(1), Cancel);

        Assert.Null(accepted.Refusal);
        Assert.Equal(before, await AllAsync());
        await _room.Desk.HandleAsync([Some.Press("p3", Some.At(2), "space-3")], new LogPosition(2), Cancel);
        Assert.Equal(3, (await AllAsync()).Count);
    }

    [Fact]
    public async Task An_order_of_which_nothing_is_left_is_raised_again_by_the_journal()
    {
        await _room.Desk.HandleAsync(Presses, new LogPosition(1), Cancel);
        await _tables.DoAsync("""
            DELETE FROM orders WHERE "Id" = 2; DELETE FROM order_events WHERE "OrderId" = 2;
            DELETE FROM order_alarms WHERE "OrderId" = 2
            """);
        Mend();

        await _room.Desk.HandleAsync(Presses, new LogPosition(1), Cancel);

        var orders = await AllAsync();
        Assert.Equal(2, orders.Count);
        Assert.Contains(orders, order => order.StartsWith("space-2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_order_says_of_its_rule_is_read_from_the_order()
    {
        await _room.Desk.HandleAsync([Some.Leak(Some.T0)], new LogPosition(1), Cancel);
        var before = await _room.Desk.OutcomesAsync(10, Cancel);
        await _tables.DoAsync("DELETE FROM order_outcomes");
        Mend();

        Assert.Equal(before, await _room.Desk.OutcomesAsync(10, Cancel));
        Assert.Null((await _room.Desk.DoAsync(1, new OrderCommand.Accept(Some.Wang), Cancel)).Refusal);
    }

    private void Mend()
    {
        using (var db = _room.CreateDbContext())
        {
            DeskMend.Mend(db);
        }

        _room.Reopen();
    }

    private async Task<List<string>> AllAsync() =>
    [
        .. (await _room.Desk.ListAsync(new OrderFilter { Scope = OrderScope.All }, Cancel)).Items
            .OrderBy(order => order.Id)
            .Select(order => $"{order.SpaceId} {order.Number} {order.State} {order.Version}"),
    ];
}
