namespace Hub.Gateway.Facilities;

/// <summary>Why something was not written down, as a kind that pages can translate.</summary>
public enum FacilityFault
{
    UnknownFacility,
    UnknownPlan,
    UnknownVendor,

    /// <summary>An id, a text, a date or a number that won't do.</summary>
    Invalid,

    /// <summary>Somebody has changed it since it was read.</summary>
    Changed,

    /// <summary>A facility or a plan still names the vendor.</summary>
    InUse,
}
