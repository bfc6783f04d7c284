namespace Hub.Gateway.WorkOrders;

/// <summary>What raised an order.</summary>
public enum OrderSource
{
    /// <summary>A call button or kiosk.</summary>
    Press,

    /// <summary>A rule over readings: the order closes only when the signal agrees.</summary>
    Telemetry,

    /// <summary>Somebody wrote it down: the hotline desk, an inspection.</summary>
    Person,
}
