namespace Hub.Gateway.Web.Vacant;

/// <summary>The ledger of units where nobody lives.</summary>
/// <param name="Units">Those with something open first.</param>
/// <param name="Names">The ledger's states and how many units are in each.</param>
public sealed record VacantView(IReadOnlyList<VacantUnit> Units, IReadOnlyList<(string Occupancy, int Count)> Names);
