using Hub.Gateway.Notify;
using Hub.Gateway.Notify.Channels;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.WorkOrders;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Notify;

/// <summary>A desk, one channel and its postman, moved by hand.</summary>
internal sealed class PostRoom : IDisposable
{
    private readonly DeskRoom _room = new();
    private readonly ISender _sender;
    private long _row;

    public PostRoom(ISender sender, Channel? channel = null, NotifyOptions? options = null)
    {
        (_sender, Channel) = (sender, channel ?? new Channel("robot", ChannelKind.WeCom) { Language = "en" });
        Options = options ?? new NotifyOptions();
        Book = new DeliveryBook(_room);
        Postman = Hire();
    }

    public Channel Channel { get; }

    public NotifyOptions Options { get; }

    public DeliveryBook Book { get; private set; }

    public Postman Postman { get; private set; }

    public OrderDesk Desk => _room.Desk;

    /// <summary>Everything in memory is gone, as after a crash.</summary>
    public void Restart()
    {
        _room.Reopen();
        Book = new DeliveryBook(_room);
        Postman = Hire();
    }

    public async Task<WorkOrder> PressAsync(string id, string space)
    {
        var now = _room.Time.GetUtcNow();
        await Desk.HandleAsync([Some.Press(id, now, space)], new LogPosition(++_row), Cancel);
        return Desk.OpenOrders.Single(order => order.SpaceId == space);
    }

    public Task AcceptAsync(WorkOrder order) => Desk.DoAsync(order.Id, new OrderCommand.Accept(Some.Wang), Cancel);

    /// <summary>Lets the time pass in steps; desk, plan and postman have their turns at each.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan? step = null)
    {
        var end = _room.Time.GetUtcNow() + time;
        do
        {
            await Desk.ElapseAsync(Cancel);
            await Book.PlanAsync(
                async notice => DeliveryPlan.For(
                    notice, (await Desk.FindAsync(notice.Order, Cancel))!.SpaceId, [Channel], TimeZoneInfo.Utc),
                Options.PlanMax, Cancel);
            while (await Postman.TurnAsync(Cancel) is { } next && next <= _room.Time.GetUtcNow())
            {
                // More can be said now.
            }

            if (_room.Time.GetUtcNow() < end)
            {
                _room.Time.Advance(step ?? TimeSpan.FromSeconds(10));
            }
            else
            {
                return;
            }
        }
        while (true);
    }

    public void Dispose() => _room.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Postman Hire() => new(
        Channel, _sender, new LetterWriter(Channel, TimeZoneInfo.Utc, new Uri("https://hub.example.org/")), Book, Desk,
        _room.Premises, Options, _room.Time);
}
