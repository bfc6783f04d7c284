namespace Hub.Rules.Site;

/// <summary>Whether somebody lives in a unit, and if not, in which of the ledger's ways it is vacant.</summary>
public enum Occupancy
{
    Occupied,

    /// <summary>未出售</summary>
    Unsold,

    /// <summary>未出租</summary>
    Unlet,

    /// <summary>已售未入伙</summary>
    NotMovedIn,

    /// <summary>房屋托管: the owner is away and has entrusted the home to the manager.</summary>
    Custody,
}
