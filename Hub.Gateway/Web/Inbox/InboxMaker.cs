using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Web.Inbox;

/// <summary>Makes the inbox out of the desk's orders.</summary>
public sealed class InboxMaker(OrderDesk desk, IPremises premises, WebOptions options, Unheard unheard)
{
    public async Task<InboxView> MakeAsync(
        Frame frame, string? tab, CancellationToken cancel, string? trouble = null)
    {
        var visitor = frame.Visitor!;
        var me = People.ActorOf(visitor);
        var policy = desk.Policy;
        var building = People.BuildingOf(visitor, premises.Current);
        await desk.LoadAsync(cancel);
        var open = desk.OpenOrders.ToList();
        if (policy.FollowUpRoles.Contains(me.Role))
        {
            var unasked = await desk.ListAsync(
                new OrderFilter { Scope = OrderScope.FollowUp, Limit = OrderFilter.LimitMax }, cancel);
            open.AddRange(unasked.Items.Where(order => order.Ticking(ClockKind.Cfu) is not null));
        }

        var byTab = new Dictionary<string, List<WorkOrder>>
        {
            ["mine"] = [.. open.Where(order => IsMine(order, me))],
            ["building"] = [.. open.Where(order => building is null || BuildingOf(order) == building)],
            ["all"] = open,
        };
        tab = tab is not null && byTab.ContainsKey(tab) ? tab : "mine";
        var cards = Sorted(byTab[tab], frame.Now).Take(options.CardsMax)
            .Select(order => Card(order, frame, me, policy)).ToList();
        return new InboxView(
            tab, byTab.ToDictionary(pair => pair.Key, pair => pair.Value.Count), cards,
            cards.Count == 0 ? await ClosedTodayAsync(frame, cancel) : 0, trouble)
        {
            Unheard = await unheard.OfAsync(frame, cancel),
        };
    }

    /// <summary>What nobody has accepted yet and this person could: no notices, and no visits agreed for
    /// later.</summary>
    public async Task<RingView> RingAsync(Frame frame, CancellationToken cancel)
    {
        var me = People.ActorOf(frame.Visitor!);
        await desk.LoadAsync(cancel);
        var calling = desk.OpenOrders.Where(order =>
            order.AcceptedBy is null && order.HasClocks && order.RoundAt <= frame.Now && IsMine(order, me));
        return new RingView([.. Sorted(calling, frame.Now)
            .OrderByDescending(order => order.Priority == OrderPriority.Urgent).Take(options.CardsMax)
            .Select(order => Card(order, frame, me, desk.Policy))]);
    }

    /// <summary>Broken promises first, the oldest at the top; then by deadline; what has none by its age, the newest
    /// first.</summary>
    public static IEnumerable<WorkOrder> Sorted(IEnumerable<WorkOrder> orders, DateTimeOffset now) => orders
        .Select(order => (Order: order, Clock: OrderClock.Next(order)))
        .OrderBy(pair => pair.Clock switch { null => 2, { } clock when clock.IsBrokenAt(now) => 0, _ => 1 })
        .ThenBy(pair => pair.Clock?.DueAt)
        .ThenByDescending(pair => pair.Order.StartedAt)
        .Select(pair => pair.Order);

    private string BuildingOf(WorkOrder order) =>
        premises.Current.Spaces.GetValueOrDefault(order.SpaceId)?.Building ?? "";

    /// <summary>What I have, and what nobody has and I could take.</summary>
    private static bool IsMine(WorkOrder order, Actor me) => order.AcceptedBy switch
    {
        _ when !order.IsOpen => order.ResolvedBy?.Id != me.Id,
        { } owner => owner.Id == me.Id,
        null => me.Role == ActorRole.Engineer ? order.Audience == "engineer" : me.IsStaff,
    };

    private CardView Card(WorkOrder order, Frame frame, Actor me, OrderPolicy policy) => new(
        order.Id, order.Number, premises.Current.Spaces.GetValueOrDefault(order.SpaceId)?.Name ?? order.SpaceId,
        order.Kind, order.Source == OrderSource.Press ? "" : Sentences.Of(order, frame), order.Source.ToString(),
        order.StartedAt, order.State.ToString(), order.AcceptedBy?.Id, order.Repeats, OrderClock.Next(order),
        order.Priority == OrderPriority.Urgent,
        order.NextActions(frame.Now, me, policy).Contains(OrderAction.Accept));

    private async Task<int> ClosedTodayAsync(Frame frame, CancellationToken cancel)
    {
        var midnight = TimeZoneInfo.ConvertTime(frame.Now, frame.Times.Zone).Date;
        var since = new DateTimeOffset(midnight, frame.Times.Zone.GetUtcOffset(midnight));
        var recent = await desk.ListAsync(
            new OrderFilter { Scope = OrderScope.All, Limit = OrderFilter.LimitMax }, cancel);
        return recent.Items.Count(order => order.ResolvedAt >= since);
    }
}
