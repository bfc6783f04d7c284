namespace Hub.Gateway.WorkOrders;

/// <summary>Why the desk did not do as it was told, as a kind that pages can translate.</summary>
public enum RefusalReason
{
    NotFound,

    /// <summary>Somebody else has it: <see cref="Refusal.By"/> says who, <see cref="Refusal.At"/> since when.</summary>
    AlreadyAccepted,
    AlreadyInPlace,
    AlreadyWithVendor,

    /// <summary>The order is over, or not yet that far.</summary>
    WrongState,
    NotAccepted,

    /// <summary>Nobody has arrived or answered.</summary>
    NotInPlace,

    /// <summary>Handing over to a vendor needs the explanation to the customer first.</summary>
    NotExplained,

    /// <summary>This kind needs somebody on the spot; a phone call doesn't stop its 5 minutes.</summary>
    OnTheSpotOnly,

    /// <summary>The alarm has not cleared.</summary>
    SignalStillFiring,
    NothingToOverride,

    /// <summary>Whoever resolved it can't follow it up.</summary>
    SamePerson,
    RoleMayNot,

    /// <summary>The time given is past, or later than the promise allows.</summary>
    TimeOutOfRange,
    ValueOutOfRange,
    TextMissing,
    TextTooLong,

    /// <summary>The window for taking a press back, or for re-opening, is over.</summary>
    TooLate,

    /// <summary>Another order on the same matter is open.</summary>
    AnotherIsOpen,

    /// <summary>The order has changed since it was read.</summary>
    Changed,

    /// <summary>What happened last was not this person's doing.</summary>
    NothingToUndo,
}
