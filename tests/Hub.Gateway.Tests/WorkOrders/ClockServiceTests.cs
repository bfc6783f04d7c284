using Hub.Gateway.Tests.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.WorkOrders;

public class ClockServiceTests : IDisposable
{
    private readonly DeskRoom _room;

    public ClockServiceTests()
        : this(new Tables())
    {
    }

    private protected ClockServiceTests(Tables tables) => _room = new DeskRoom(tables);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _room.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Wakes_at_the_due_instant_of_an_order_that_came_while_it_slept()
    {
        using var clocks = new ClockService(_room.Desk, _room.Time);
        await clocks.StartAsync(Cancel);
        await _room.Desk.HandleAsync([Some.Press("p1", Some.T0)], new LogPosition(1), Cancel);
        var id = Assert.Single(_room.Desk.OpenOrders).Id;

        while (_room.Time.GetUtcNow() < Some.At(5))
        {
            _room.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancel);
        }

        var breach = await BreachAsync(id);
        await clocks.StopAsync(Cancel);
        Assert.Equal(Some.At(5), breach.At);
        var told = (await _room.Desk.HistoryAsync(id, Cancel)).OfType<OrderEvent.Escalated>().ToList();
        Assert.Equal(["butler", "partner", "hotline", "chief"], told.Select(step => step.To));
        Assert.Equal([Some.T0, Some.At(1.5), Some.At(3), Some.At(4)], told.Select(step => step.At));
    }

    [Fact]
    public async Task What_fell_due_while_the_hub_was_down_is_written_at_the_start()
    {
        await _room.Desk.HandleAsync([Some.Press("p1", Some.T0)], new LogPosition(1), Cancel);
        var id = Assert.Single(_room.Desk.OpenOrders).Id;
        _room.Reopen();
        _room.Time.Advance(TimeSpan.FromHours(2));
        using var clocks = new ClockService(_room.Desk, _room.Time);

        await clocks.StartAsync(Cancel);

        var breach = await BreachAsync(id);
        await clocks.StopAsync(Cancel);
        Assert.Equal((Some.At(5), Some.At(120)), (breach.At, breach.NotedAt));
    }

    private async Task<OrderEvent.Breached> BreachAsync(long id)
    {
        while (true)
        {
            if ((await _room.Desk.HistoryAsync(id, Cancel)).OfType<OrderEvent.Breached>().FirstOrDefault() is { } breach)
            {
                return breach;
            }

            await Task.Delay(5, Cancel);
        }
    }
}
