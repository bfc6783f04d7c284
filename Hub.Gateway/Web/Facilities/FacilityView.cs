using Hub.Gateway.Facilities;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Facilities;

/// <summary>One facility: what is known of it, what is due, what has been.</summary>
/// <param name="Facility">With its plans.</param>
/// <param name="Vendor">Whoever is in charge of it.</param>
/// <param name="Vendors">By name.</param>
/// <param name="Orders">Open and past, the newest first.</param>
/// <param name="Today">The site's day.</param>
/// <param name="CanWrite">The visitor may change it.</param>
/// <param name="Trouble">Why the last step was not taken; empty if it was, or none was tried.</param>
public sealed record FacilityView(
    FacilityAnswer Facility, VendorAnswer? Vendor, IReadOnlyList<VendorAnswer> Vendors, IReadOnlyList<WorkOrder> Orders,
    DateOnly Today, bool CanWrite, string Trouble)
{
    /// <summary>The plan that was just refused, as it had been typed.</summary>
    public PlanAnswer? Typed { get; init; }
}
