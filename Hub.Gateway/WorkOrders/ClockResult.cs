namespace Hub.Gateway.WorkOrders;

public enum ClockResult
{
    Running,
    Met,

    /// <summary>Its due instant passed while it ran; that stays, whatever comes later.</summary>
    Breached,

    /// <summary>Another promise took its place, or there is nobody left to whom it was made.</summary>
    Replaced,
}
