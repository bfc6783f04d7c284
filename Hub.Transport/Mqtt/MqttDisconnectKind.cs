namespace Hub.Transport.Mqtt;

/// <summary>Why there is no connection.</summary>
public enum MqttDisconnectKind
{
    /// <summary>The client was told to stop, and said goodbye.</summary>
    Stopped = 0,

    /// <summary>No TCP, no TLS, or no CONNACK in time.</summary>
    CannotConnect,

    /// <summary>The CONNACK said no.</summary>
    Refused,

    /// <summary>The server said DISCONNECT.</summary>
    ClosedByServer,

    /// <summary>The stream ended or broke.</summary>
    LinkLost,

    /// <summary>Nothing came for one and a half keep-alives.</summary>
    Silent,

    /// <summary>The server broke the protocol.</summary>
    ProtocolFault,
}
