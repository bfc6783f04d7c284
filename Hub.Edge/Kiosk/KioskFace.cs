namespace Hub.Edge.Kiosk;

/// <summary>What the screen says.</summary>
public enum KioskFace
{
    Home,
    Calling,

    /// <summary>Pressed again while a call is on.</summary>
    AlreadyCalling,
    Acknowledged,
    Late,
    Arrived,

    /// <summary>Recorded here, and not yet with the hub.</summary>
    Offline,

    /// <summary>The press could not be recorded, neither here nor at the hub.</summary>
    Error,
    Cancelled,
}
