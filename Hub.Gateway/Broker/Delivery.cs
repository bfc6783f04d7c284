using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>One QoS 1 or 2 message on its way to one client.</summary>
internal sealed class Delivery(BrokerMessage message, MqttQoS qos, bool retain, IReadOnlyList<uint> identifiers)
{
    public BrokerMessage Message => message;

    public MqttQoS QoS => qos;

    public bool Retain => retain;

    /// <summary>Of the subscriptions that it comes by.</summary>
    public IReadOnlyList<uint> Identifiers => identifiers;

    /// <summary>Its row in hub.db; 0 while it isn't there.</summary>
    public long Row { get; set; }

    /// <summary>It has gone a step further than its row says.</summary>
    public bool IsAhead { get; set; }

    /// <summary>0 while it waits in the queue.</summary>
    public ushort PacketId { get; set; }

    /// <summary>It has been sent at least once, so that it goes again as a duplicate, expired or not (4.4).</summary>
    public bool WasSent { get; set; }

    /// <summary>Sent on the connection that is there now.</summary>
    public bool IsSent { get; set; }

    /// <summary>The client has it (PUBREC): what is to be sent now is PUBREL.</summary>
    public bool IsReceived { get; set; }
}
