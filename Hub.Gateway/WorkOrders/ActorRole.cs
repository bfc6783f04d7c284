namespace Hub.Gateway.WorkOrders;

/// <summary>In which capacity somebody acts on an order.</summary>
public enum ActorRole
{
    /// <summary>The hub itself: clocks, telemetry.</summary>
    Hub,
    Resident,
    Butler,
    Hotline,
    Chief,
    Director,
    Quality,
    Engineer,
    Administrator,
}
