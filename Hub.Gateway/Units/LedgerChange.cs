using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>What a ledger file says otherwise of a unit.</summary>
/// <param name="Unit">The unit as the site has it.</param>
/// <param name="Line">As the file has it.</param>
/// <param name="OwnerBefore">The owner's number so far; empty for none.</param>
public sealed record LedgerChange(Space Unit, LedgerLine Line, string OwnerBefore)
{
    public bool IsMove => Unit.Occupancy != Line.Unit.Occupancy || IsOtherDay;

    /// <summary>The file knows another day since which it is vacant.</summary>
    public bool IsOtherDay => Line.Unit.VacantSince is { } since && since != Unit.VacantSince;

    public bool IsOwner => Line.Owner is { } owner && owner != OwnerBefore;
}
