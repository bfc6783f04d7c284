using Hub.Rules.Site;

namespace Hub.Gateway.Facilities;

/// <summary>One facility as a person or a file has it.</summary>
/// <param name="Space">Its name and place, where the site doesn't know it yet.</param>
/// <param name="Card">The whole card.</param>
public sealed record FacilityLine(Space Space, FacilityCard Card);
