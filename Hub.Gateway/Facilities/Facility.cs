using Hub.Rules.Site;

namespace Hub.Gateway.Facilities;

/// <summary>A facility in the register: the site's space and people's card.</summary>
/// <param name="Version">Of the card; 0 while nobody has written one.</param>
public sealed record Facility(Space Space, FacilityCard Card, int Version);
