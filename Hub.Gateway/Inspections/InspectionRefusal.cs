namespace Hub.Gateway.Inspections;

/// <summary>A no: its kind, and everything that is in the way.</summary>
public sealed record InspectionRefusal(InspectionFault Fault, IReadOnlyList<string> Reasons)
{
    public InspectionRefusal(InspectionFault fault, string reason) : this(fault, [reason])
    {
    }
}

public enum InspectionFault
{
    NotFound,

    /// <summary>Something in what was sent won't do; the reasons say what.</summary>
    Wrong,

    /// <summary>That id was used for something else.</summary>
    AnotherReport,

    /// <summary>Nobody has resolved it yet, or it is closed already.</summary>
    NotNow,

    /// <summary>Whoever did it doesn't judge it.</summary>
    SamePerson,

    /// <summary>The photos' folder is full.</summary>
    NoRoom,
}
