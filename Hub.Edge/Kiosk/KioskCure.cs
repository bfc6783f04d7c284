namespace Hub.Edge.Kiosk;

/// <summary>What is to be done about a screen that shows nothing, from outside of its page.</summary>
public enum KioskCure
{
    None,

    /// <summary>Start the browser again.</summary>
    Restart,

    /// <summary>Start the machine again.</summary>
    Reboot,
}
