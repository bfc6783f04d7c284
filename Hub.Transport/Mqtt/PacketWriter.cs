namespace Hub.Transport.Mqtt;

/// <summary>A packet to its body; the answer is the first byte of the fixed header.</summary>
internal static class PacketWriter
{
    public static byte Write(PacketBuffer output, MqttPacket packet, MqttVersion version)
    {
        switch (packet)
        {
            case MqttPacket.Connect connect:
                WriteConnect(output, connect);
                return First(MqttPacketType.Connect);
            case MqttPacket.ConnAck ack:
                output.Byte(ack.SessionPresent ? (byte)1 : (byte)0);
                output.Byte(version == MqttVersion.V500 ? (byte)ack.Reason : Reasons.ToReturnCode(ack.Reason));
                PropertyWriter.Write(output, ack.Properties, version, PropertyPlace.ConnAck);
                return First(MqttPacketType.ConnAck);
            case MqttPacket.Publish publish:
                return WritePublish(output, publish, version);
            case MqttPacket.PubAck(var id, var reason) { Properties: var properties }:
                WriteAnswer(output, id, reason, properties, version);
                return First(MqttPacketType.PubAck);
            case MqttPacket.PubRec(var id, var reason) { Properties: var properties }:
                WriteAnswer(output, id, reason, properties, version);
                return First(MqttPacketType.PubRec);
            case MqttPacket.PubRel(var id, var reason) { Properties: var properties }:
                WriteAnswer(output, id, reason, properties, version);
                return First(MqttPacketType.PubRel, 0b0010);
            case MqttPacket.PubComp(var id, var reason) { Properties: var properties }:
                WriteAnswer(output, id, reason, properties, version);
                return First(MqttPacketType.PubComp);
            case MqttPacket.Subscribe subscribe:
                WriteSubscribe(output, subscribe, version);
                return First(MqttPacketType.Subscribe, 0b0010);
            case MqttPacket.SubAck ack:
                WriteSubAck(output, ack, version);
                return First(MqttPacketType.SubAck);
            case MqttPacket.Unsubscribe unsubscribe:
                WriteUnsubscribe(output, unsubscribe, version);
                return First(MqttPacketType.Unsubscribe, 0b0010);
            case MqttPacket.UnsubAck ack:
                WriteUnsubAck(output, ack, version);
                return First(MqttPacketType.UnsubAck);
            case MqttPacket.PingReq:
                return First(MqttPacketType.PingReq);
            case MqttPacket.PingResp:
                return First(MqttPacketType.PingResp);
            case MqttPacket.Disconnect(var reason) { Properties: var properties }:
                WriteEnd(output, reason, properties, version, PropertyPlace.Disconnect);
                return First(MqttPacketType.Disconnect);
            case MqttPacket.Auth(var reason) { Properties: var properties }:
                if (version == MqttVersion.V311)
                {
                    throw new ArgumentException("3.1.1 has no AUTH.", nameof(packet));
                }

                WriteEnd(output, reason, properties, version, PropertyPlace.Auth);
                return First(MqttPacketType.Auth);
            default:
                throw new ArgumentException($"{packet.GetType().Name} is no packet to write.", nameof(packet));
        }
    }

    private static byte First(MqttPacketType type, int flags = 0) => (byte)(((int)type << 4) | flags);

    // 3.1
    private static void WriteConnect(PacketBuffer output, MqttPacket.Connect connect)
    {
        if (connect is { Version: MqttVersion.V311, UserName: null, Password: not null })
        {
            throw new ArgumentException("3.1.1 has no password without a user name.", nameof(connect));
        }

        output.Binary("MQTT"u8);
        output.Byte((byte)connect.Version);
        output.Byte(ConnectFlags(connect));
        output.UInt16(connect.KeepAlive);
        PropertyWriter.Write(output, connect.Properties, connect.Version, PropertyPlace.Connect);
        output.Text(connect.ClientId);
        if (connect.Will is { } will)
        {
            PropertyWriter.Write(output, will.Properties, connect.Version, PropertyPlace.Will);
            output.Text(will.Topic);
            output.Binary(will.Payload.Span);
        }

        if (connect.UserName is not null)
        {
            output.Text(connect.UserName);
        }

        if (connect.Password is { } password)
        {
            output.Binary(password.Span);
        }
    }

    private static byte ConnectFlags(MqttPacket.Connect connect)
    {
        var flags = connect.CleanStart ? 0b0000_0010 : 0;
        if (connect.Will is { } will)
        {
            flags |= 0b0000_0100 | ((int)will.QoS << 3) | (will.Retain ? 0b0010_0000 : 0);
        }

        flags |= connect.Password is null ? 0 : 0b0100_0000;
        flags |= connect.UserName is null ? 0 : 0b1000_0000;
        return (byte)flags;
    }

    // 3.3
    private static byte WritePublish(PacketBuffer output, MqttPacket.Publish publish, MqttVersion version)
    {
        output.Text(publish.Topic);
        if (publish.QoS != MqttQoS.AtMostOnce)
        {
            output.UInt16(publish.PacketId);
        }

        PropertyWriter.Write(output, publish.Properties, version, PropertyPlace.Publish);
        output.Raw(publish.Payload.Span);
        var flags = ((int)publish.QoS << 1) | (publish.Retain ? 0b0001 : 0) | (publish.Dup ? 0b1000 : 0);
        return First(MqttPacketType.Publish, flags);
    }

    // 3.4.2.1: reason code and properties are left out from the end when they say nothing.
    private static void WriteAnswer(
        PacketBuffer output, ushort packetId, MqttReason reason, MqttProperties properties, MqttVersion version)
    {
        output.UInt16(packetId);
        WriteEnd(output, reason, properties, version, PropertyPlace.PublishAnswer);
    }

    private static void WriteEnd(
        PacketBuffer output, MqttReason reason, MqttProperties properties, MqttVersion version, PropertyPlace place)
    {
        var isBare = PropertyWriter.IsEmpty(properties);
        if (version == MqttVersion.V311 || (isBare && reason == MqttReason.Success))
        {
            return;
        }

        output.Byte((byte)reason);

        // 3.15.2.2.1 lets AUTH leave the length of its properties out only together with its reason.
        if (!isBare || place == PropertyPlace.Auth)
        {
            PropertyWriter.Write(output, properties, version, place);
        }
    }

    // 3.8
    private static void WriteSubscribe(PacketBuffer output, MqttPacket.Subscribe subscribe, MqttVersion version)
    {
        output.UInt16(subscribe.PacketId);
        PropertyWriter.Write(output, subscribe.Properties, version, PropertyPlace.Subscribe);
        foreach (var subscription in subscribe.Subscriptions)
        {
            output.Text(subscription.Filter);
            output.Byte(version == MqttVersion.V311 ? (byte)subscription.QoS : SubscriptionOptions(subscription));
        }
    }

    private static byte SubscriptionOptions(MqttSubscription from) => (byte)((int)from.QoS
        | (from.NoLocal ? 0b0000_0100 : 0)
        | (from.RetainAsPublished ? 0b0000_1000 : 0)
        | ((int)from.RetainHandling << 4));

    // 3.9; 3.1.1 knows one failure (3.9.3).
    private static void WriteSubAck(PacketBuffer output, MqttPacket.SubAck ack, MqttVersion version)
    {
        output.UInt16(ack.PacketId);
        PropertyWriter.Write(output, ack.Properties, version, PropertyPlace.SubscribeAnswer);
        foreach (var reason in ack.Reasons)
        {
            output.Byte(version == MqttVersion.V311 ? (byte)Math.Min((byte)reason, (byte)0x80) : (byte)reason);
        }
    }

    // 3.10
    private static void WriteUnsubscribe(PacketBuffer output, MqttPacket.Unsubscribe unsubscribe, MqttVersion version)
    {
        output.UInt16(unsubscribe.PacketId);
        PropertyWriter.Write(output, unsubscribe.Properties, version, PropertyPlace.Unsubscribe);
        foreach (var filter in unsubscribe.Filters)
        {
            output.Text(filter);
        }
    }

    // 3.11; 3.1.1 has no reasons here.
    private static void WriteUnsubAck(PacketBuffer output, MqttPacket.UnsubAck ack, MqttVersion version)
    {
        output.UInt16(ack.PacketId);
        if (version == MqttVersion.V311)
        {
            return;
        }

        PropertyWriter.Write(output, ack.Properties, version, PropertyPlace.SubscribeAnswer);
        foreach (var reason in ack.Reasons)
        {
            output.Byte((byte)reason);
        }
    }
}
