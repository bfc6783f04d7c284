using Hub.Gateway.Facilities;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Facilities;

/// <summary>Makes the pages of the facilities.</summary>
public sealed class FacilitiesMaker(FacilityTeller teller, PlanBook plans, OrderDesk desk)
{
    private const int OrdersMax = 30;

    public async Task<FacilitiesView> ListAsync(Frame frame, string trouble, CancellationToken cancel) => new(
        [
            .. (await teller.TellAsync(cancel))
                .OrderBy(facility => !facility.Plans.Any(plan => plan.Overdue))
                .ThenBy(facility => facility.Plans.Min(plan => plan.DueOn) ?? DateOnly.MaxValue)
                .ThenBy(facility => facility.Id, StringComparer.Ordinal),
        ],
        await teller.VendorsAsync(cancel), plans.Today, CanWrite(frame), trouble);

    /// <summary>Null if there is no such facility.</summary>
    public async Task<FacilityView?> OneAsync(Frame frame, string id, string trouble, CancellationToken cancel)
    {
        if ((await teller.TellAsync(cancel)).FirstOrDefault(one => one.Id == id) is not { } facility)
        {
            return null;
        }

        var vendors = await teller.VendorsAsync(cancel);
        var orders = await desk.ListAsync(
            new OrderFilter { Scope = OrderScope.All, SpaceId = id, Limit = OrdersMax }, cancel);
        return new FacilityView(
            facility, vendors.FirstOrDefault(vendor => vendor.Id == facility.Vendor), vendors, orders.Items,
            plans.Today, CanWrite(frame), trouble);
    }

    private static bool CanWrite(Frame frame) => frame.Visitor?.Is(Roles.Commissioners) == true;
}
