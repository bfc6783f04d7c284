using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Facilities;

/// <summary>Puts facilities and vendors into words for programs.</summary>
public sealed class FacilityTeller(
    FacilityBook book, VendorBook vendors, PlanBook plans, HourBook hours, OrderDesk desk, TimeProvider time)
{
    /// <summary>Every facility as it is now, by id.</summary>
    public async Task<IReadOnlyList<FacilityAnswer>> TellAsync(CancellationToken cancel)
    {
        await desk.LoadAsync(cancel);
        var orders = desk.OpenOrders.ToLookup(order => order.SpaceId, order => order.Number);
        var ofSpace = (await plans.ListAsync(cancel)).ToLookup(entry => entry.Plan.Facility);
        var meters = await hours.ReadAsync(cancel);
        var (now, today) = (time.GetUtcNow().UtcTicks, book.Today);
        return
        [
            .. (await book.ListAsync(cancel)).Select(facility => new FacilityAnswer(
                facility.Space.Id, facility.Version, facility.Space.Name, facility.Space.Building,
                facility.Space.Entrance, facility.Space.Floor, facility.Card.Type, facility.Card.Location,
                facility.Card.Maker, facility.Card.Model, facility.Card.Serial, facility.Card.InServiceOn,
                facility.Card.InspectionDueOn, facility.Card.Vendor, Hours(facility.Space.Id),
                [.. ofSpace[facility.Space.Id].Select(entry => PlanAnswer.Of(entry, today))],
                [.. orders[facility.Space.Id]])),
        ];

        double? Hours(string space) => hours.Points(space).Where(meters.ContainsKey)
            .Select(point => (double?)Math.Round(TimeSpan.FromTicks(meters[point].At(now)).TotalHours, 1)).Max();
    }

    /// <summary>Every vendor, by name.</summary>
    public async Task<IReadOnlyList<VendorAnswer>> VendorsAsync(CancellationToken cancel)
    {
        var facilities = (await book.ListAsync(cancel))
            .ToLookup(facility => facility.Card.Vendor, facility => facility.Space.Id);
        return
        [
            .. (await vendors.ListAsync(cancel)).Select(one => new VendorAnswer(
                one.Vendor.Id, one.Version, one.Vendor.Name, one.Vendor.Trade, one.Vendor.Phone,
                one.Vendor.ContractUntil, one.Vendor.Hours, one.Vendor.HasRunOut(book.Today),
                [.. facilities[one.Vendor.Id]])),
        ];
    }
}
