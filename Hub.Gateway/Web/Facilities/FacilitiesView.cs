using Hub.Gateway.Facilities;

namespace Hub.Gateway.Web.Facilities;

/// <summary>The register and the vendors.</summary>
/// <param name="Facilities">Those with overdue plans first.</param>
/// <param name="Vendors">By name.</param>
/// <param name="Today">The site's day.</param>
/// <param name="CanWrite">The visitor may change them.</param>
/// <param name="Trouble">Why the last step was not taken; empty if it was, or none was tried.</param>
public sealed record FacilitiesView(
    IReadOnlyList<FacilityAnswer> Facilities, IReadOnlyList<VendorAnswer> Vendors, DateOnly Today, bool CanWrite,
    string Trouble);
