namespace Hub.Gateway.Units;

/// <summary>Why the ledger did not do as it was told, as a kind that pages can translate.</summary>
public enum UnitFault
{
    UnknownUnit,

    /// <summary>Somebody lives there already, or it is vacant in that way already.</summary>
    AlreadySo,

    /// <summary>A unit that is left is none of that.</summary>
    NoSuchState,

    /// <summary>The instant is still to come, too long ago, or before the unit's last move.</summary>
    TimeOutOfRange,

    /// <summary>A window ends after it begins, begins within a year and lasts at most <c>WindowMax</c>.</summary>
    WindowOutOfRange,

    /// <summary>Somebody lives there, or the reason is none of the ledger's.</summary>
    NoWindowFor,

    /// <summary>It was not announced, has ended, or belongs to an order.</summary>
    NoSuchWindow,

    TextTooLong,

    /// <summary>The ledger has changed since the comparison was shown.</summary>
    Changed,
}
