using Hub.Gateway.Notify;
using Hub.Gateway.Notify.Channels;
using Hub.Gateway.Roster;
using Hub.Gateway.Tests.Roster;
using Hub.Gateway.Tests.Storage;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Notify;

/// <summary>A desk, its channels and their postmen, moved by hand.</summary>
internal sealed class PostRoom : IDisposable
{
    private readonly DeskRoom _room;
    private readonly IReadOnlyList<(Channel Channel, ISender Sender)> _posts;
    private readonly RosterSheet? _roster;
    private List<Postman> _postmen;
    private long _row;

    public PostRoom(ISender sender, Channel? channel = null, Tables? tables = null)
        : this([(channel ?? new Channel("robot", ChannelKind.WeCom) { Language = "en" }, sender)], tables: tables)
    {
    }

    public PostRoom(
        IReadOnlyList<(Channel Channel, ISender Sender)> posts, NotifyOptions? options = null,
        RosterSheet? roster = null, Tables? tables = null)
    {
        _room = new DeskRoom(tables);
        (_posts, _roster, Options) = (posts, roster, options ?? new NotifyOptions());
        if (roster is not null)
        {
            (_room.Premises.Current, _room.Premises.Zone) = (SomeRoster.Compound, SomeRoster.Shanghai);
        }

        Book = new DeliveryBook(_room, _room.Feed);
        Pauses = PausesAgain();
        _postmen = Hire();
    }

    public NotifyOptions Options { get; }

    public PauseBook Pauses { get; private set; }

    public DeliveryBook Book { get; private set; }

    public DateTimeOffset Now => _room.Time.GetUtcNow();

    public OrderDesk Desk => _room.Desk;

    /// <summary>To then, with nobody having a turn meanwhile.</summary>
    public void Begin(DateTimeOffset at) => _room.Time.Advance(at - Now);

    /// <summary>Everything in memory is gone, as after a crash.</summary>
    public void Restart()
    {
        _room.Reopen();
        Book = new DeliveryBook(_room, _room.Feed);
        Pauses.Dispose();
        Pauses = PausesAgain();
        _postmen = Hire();
    }

    public async Task<WorkOrder> PressAsync(string id, string space)
    {
        Heed();
        var now = _room.Time.GetUtcNow();
        await Desk.HandleAsync([Some.Press(id, now, space)], new LogPosition(++_row), Cancel);
        return Desk.OpenOrders.Single(order => order.SpaceId == space);
    }

    /// <summary>The chief pauses somebody's channel.</summary>
    public async Task PauseAsync(string channel, DateTimeOffset until) =>
        Assert.Equal(PauseRefusal.None, await Pauses.PauseAsync(channel, until, Some.Chief, Cancel));

    public Task AcceptAsync(WorkOrder order) => Desk.DoAsync(order.Id, new OrderCommand.Accept(Some.Wang), Cancel);

    /// <summary>Lets the time pass in steps; desk, plan and postman have their turns at each.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan? step = null)
    {
        var end = _room.Time.GetUtcNow() + time;
        do
        {
            Heed();
            await Desk.ElapseAsync(Cancel);
            await Book.PlanAsync(PlanAsync, Options.PlanMax, Cancel);
            foreach (var postman in _postmen)
            {
                while (await postman.TurnAsync(Cancel) is { } next && next <= Now)
                {
                    // More can be said now.
                }
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

    public void Dispose()
    {
        Pauses.Dispose();
        _room.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async ValueTask<IEnumerable<(Channel, DateTimeOffset)>> PlanAsync(Notice notice)
    {
        var order = (await Desk.FindAsync(notice.Order, Cancel))!;
        return DeliveryPlan.For(
            notice, order.SpaceId, _posts.Select(post => post.Channel), _room.Premises.Zone,
            notice.Person is { } id ? _roster?.Find(id) : null, order.Priority == OrderPriority.Urgent, Pauses.Pauses);
    }

    /// <summary>Who is called depends on who is still.</summary>
    private void Heed() => _room.Now = _roster is null
        ? null
        : new DutyTable(_roster, [], SomeRoster.Compound, SomeRoster.Shanghai, ((IStillness)Pauses).Now);

    private PauseBook PausesAgain() => new(
        _room, new NotifyFile([.. _posts.Select(post => post.Channel)]), _room.Premises, _room.Feed, Options,
        _room.Time);

    private List<Postman> Hire() =>
    [
        .. _posts.Select(post => new Postman(
            post.Channel, post.Sender,
            new LetterWriter(
                post.Channel, _room.Premises.Zone, new Uri("https://hub.example.org/"),
                id => _roster?.Find(id)?.Language),
            Book, Desk, _room.Premises, Options, _room.Time)),
    ];
}
