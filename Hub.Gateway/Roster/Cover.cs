namespace Hub.Gateway.Roster;

/// <summary>Somebody stands in for somebody.</summary>
/// <param name="Id">Rises by one; of two that hold at once the later one counts.</param>
/// <param name="Absent">Who is not there.</param>
/// <param name="StandIn">Who is, in all of the other's shifts; null for nobody.</param>
/// <param name="From">From then on.</param>
/// <param name="To">Until then.</param>
/// <param name="MadeBy">Who wrote it down.</param>
public sealed record Cover(
    long Id, string Absent, string? StandIn, DateTimeOffset From, DateTimeOffset To, string MadeBy)
{
    public bool Holds(DateTimeOffset at) => From <= at && at < To;
}
