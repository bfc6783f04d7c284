using Hub.Gateway.Facilities;
using Hub.Gateway.Notify;
using Hub.Gateway.Web.Charts;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Inbox;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Orders;

/// <summary>Makes the page of one order.</summary>
public sealed class OrderMaker(
    OrderDesk desk, IPremises premises, ChartMaker charts, IDeliveryLog? deliveries = null,
    VendorBook? vendors = null)
{
    private const int MergeableMax = 20;

    /// <summary>The page; null if there is no such order.</summary>
    public async Task<OrderView?> MakeAsync(
        Frame frame, long id, CancellationToken cancel, Attempt? attempt = null)
    {
        if (await desk.FindAsync(id, cancel) is not { } order)
        {
            return null;
        }

        var history = await desk.HistoryAsync(id, cancel);
        var policy = desk.Policy;
        var me = People.ActorOf(frame.Visitor!);
        var mergeable = Mergeable(order, frame);
        var steps = order.NextActions(frame.Now, me, policy)
            .Where(step => step != OrderAction.Merge || mergeable.Count > 0).ToList();
        // A note is always legal and never the next thing to do.
        var primary = steps.Where(step => step is not (OrderAction.Note or OrderAction.Merge))
            .Cast<OrderAction?>().FirstOrDefault();
        if (!order.IsOpen && primary is OrderAction.Reopen)
        {
            primary = null;
        }

        var space = premises.Current.Spaces.GetValueOrDefault(order.SpaceId);
        var rule = order.Alarms.FirstOrDefault(alarm => !alarm.IsPress);
        return new OrderView(
            order.Id, order.Number, order.Kind, order.Priority == OrderPriority.Urgent, space?.Name ?? order.SpaceId,
            space is { Kind: SpaceKind.Unit } unit ? unit.Occupancy.ToString() : "", space?.VacantSince,
            order.State.ToString(), order.AcceptedBy?.Id, order.Source.ToString(), order.StartedAt, order.NotedAt,
            order.Repeats, Sentences.Of(order, frame), rule is null ? "" : $"{rule.RuleId} v{rule.PackVersion}",
            order.Source == OrderSource.Telemetry ? order.WaitsForSignal : null, OrderClock.Next(order),
            [.. order.Clocks.Select(OrderClock.View)], primary, [.. steps.Where(step => step != primary)],
            HistoryLines.Of(order, history, frame), await charts.OfAsync(order, frame, cancel),
            Until(order, frame.Now, policy), Sentences.Joined(order, frame), mergeable,
            order.IsInPlace || !order.IsOpen ? null : order.AppointedFor,
            desk.UndoableBy(me, history)?.GetType().Name, attempt)
        {
            AcceptedAt = order.AcceptedAt,
            Vendors = vendors is not null && steps.Contains(OrderAction.HandToVendor)
                ? await VendorsAsync(vendors, order.SpaceId, frame, cancel)
                : [],
            Rungs = Rungs.Of(
                order, deliveries is null ? [] : await deliveries.OfOrderAsync(id, cancel), policy.Duty, frame.Staff),
        };
    }

    /// <summary>The other open orders at the same place or in the same building, the nearest first.</summary>
    private List<(long Id, string Words)> Mergeable(WorkOrder order, Frame frame)
    {
        var spaces = premises.Current.Spaces;
        var building = spaces.GetValueOrDefault(order.SpaceId)?.Building ?? "";
        return
        [
            .. desk.OpenOrders.Where(other => other.Id != order.Id)
                .Select(other => (Order: other, Space: spaces.GetValueOrDefault(other.SpaceId)))
                .Where(other => other.Order.SpaceId == order.SpaceId
                    || (building.Length > 0 && other.Space?.Building == building))
                .OrderBy(other => other.Order.SpaceId == order.SpaceId ? 0 : 1)
                .ThenByDescending(other => other.Order.Id)
                .Take(MergeableMax)
                .Select(other => (other.Order.Id,
                    $"#{other.Order.Number} · {other.Space?.Name ?? other.Order.SpaceId} · "
                    + frame.T.Of("kind", other.Order.Kind))),
        ];
    }

    private static async Task<IReadOnlyList<VendorChoice>> VendorsAsync(
        VendorBook vendors, string spaceId, Frame frame, CancellationToken cancel)
    {
        var today = PlanStatus.DayOf(frame.Now, frame.Times.Zone);
        var inCharge = await vendors.InChargeOfAsync(spaceId, cancel);
        return
        [
            .. (await vendors.ListAsync(cancel)).Select(one => new VendorChoice(
                one.Vendor.Name, About(one.Vendor), one.Vendor.Id == inCharge)),
        ];

        string About(Vendor vendor) => string.Join(" · ", new[]
        {
            vendor.Trade, vendor.Phone, vendor.Hours,
            vendor.HasRunOut(today) ? frame.T["facility.run-out", $"{vendor.ContractUntil:yyyy-MM-dd}"] : "",
        }.Where(text => text.Length > 0));
    }

    /// <summary>The latest time that an explanation may promise; a likely one where that is past.</summary>
    private static DateTimeOffset Until(WorkOrder order, DateTimeOffset now, OrderPolicy policy)
    {
        var latest = order.LatestOf(policy);
        return order.Vendor is not null ? now + policy.CommitmentMax : latest > now ? latest : now.AddHours(1);
    }
}
