namespace Hub.Transport.Mqtt;

/// <summary>
/// One control packet of MQTT 3.1.1 or 5.0. The private constructor closes the family. Bytes in it are its own: nothing
/// points into the buffer that it was read from. Properties stay empty in 3.1.1.
/// </summary>
public abstract record MqttPacket
{
    private MqttPacket()
    {
    }

    /// <summary>3.1: the client asks for a connection.</summary>
    public sealed record Connect(MqttVersion Version, string ClientId) : MqttPacket
    {
        /// <summary>Clean session in 3.1.1.</summary>
        public bool CleanStart { get; init; } = true;

        /// <summary>Seconds; 0 is none.</summary>
        public ushort KeepAlive { get; init; }

        public MqttWill? Will { get; init; }

        public string? UserName { get; init; }

        public ReadOnlyMemory<byte>? Password { get; init; }

        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.2: the server's answer.</summary>
    public sealed record ConnAck(bool SessionPresent, MqttReason Reason = MqttReason.Success) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.3: a message. The packet id is 0 at QoS 0 and never 0 above it.</summary>
    public sealed record Publish(string Topic, ReadOnlyMemory<byte> Payload) : MqttPacket
    {
        public MqttQoS QoS { get; init; }

        public bool Retain { get; init; }

        public bool Dup { get; init; }

        public ushort PacketId { get; init; }

        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.4: QoS 1, taken.</summary>
    public sealed record PubAck(ushort PacketId, MqttReason Reason = MqttReason.Success) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.5: QoS 2, step one.</summary>
    public sealed record PubRec(ushort PacketId, MqttReason Reason = MqttReason.Success) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.6: QoS 2, step two.</summary>
    public sealed record PubRel(ushort PacketId, MqttReason Reason = MqttReason.Success) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.7: QoS 2, step three.</summary>
    public sealed record PubComp(ushort PacketId, MqttReason Reason = MqttReason.Success) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.8: at least one topic filter.</summary>
    public sealed record Subscribe(ushort PacketId, IReadOnlyList<MqttSubscription> Subscriptions) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.9: one reason for each filter, in its order.</summary>
    public sealed record SubAck(ushort PacketId, IReadOnlyList<MqttReason> Reasons) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.10: at least one topic filter.</summary>
    public sealed record Unsubscribe(ushort PacketId, IReadOnlyList<string> Filters) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.11: one reason for each filter in 5.0, none in 3.1.1.</summary>
    public sealed record UnsubAck(ushort PacketId, IReadOnlyList<MqttReason> Reasons) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.12.</summary>
    public sealed record PingReq : MqttPacket;

    /// <summary>3.13.</summary>
    public sealed record PingResp : MqttPacket;

    /// <summary>3.14: an orderly end. In 3.1.1 only the client sends it, and without a reason.</summary>
    public sealed record Disconnect(MqttReason Reason = MqttReason.Success) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }

    /// <summary>3.15: 5.0 only.</summary>
    public sealed record Auth(MqttReason Reason = MqttReason.Success) : MqttPacket
    {
        public MqttProperties Properties { get; init; } = MqttProperties.None;
    }
}
