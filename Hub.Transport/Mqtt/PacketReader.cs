namespace Hub.Transport.Mqtt;

/// <summary>A body to its packet. The fixed header has been checked by <see cref="MqttFrame"/>.</summary>
internal static class PacketReader
{
    public static MqttPacket Read(byte firstByte, ReadOnlySpan<byte> bytes, MqttVersion version)
    {
        var body = new BodyReader(bytes);
        var type = (MqttPacketType)(firstByte >> 4);
        MqttPacket packet = type switch
        {
            MqttPacketType.Connect => ConnectReader.Read(ref body),
            MqttPacketType.ConnAck => ReadConnAck(ref body, version),
            MqttPacketType.Publish => ReadPublish(firstByte, ref body, version),
            MqttPacketType.PubAck or MqttPacketType.PubRec or MqttPacketType.PubRel or MqttPacketType.PubComp =>
                ReadPublishAnswer(type, ref body, version),
            MqttPacketType.Subscribe => ReadSubscribe(ref body, version),
            MqttPacketType.SubAck => ReadSubAck(ref body, version),
            MqttPacketType.Unsubscribe => ReadUnsubscribe(ref body, version),
            MqttPacketType.UnsubAck => ReadUnsubAck(ref body, version),
            MqttPacketType.PingReq => new MqttPacket.PingReq(),
            MqttPacketType.PingResp => new MqttPacket.PingResp(),
            MqttPacketType.Disconnect => ReadDisconnect(ref body, version),
            _ => ReadAuth(ref body),
        };
        body.End();
        return packet;
    }

    // 3.2: acknowledge flags, reason code, properties. A refusal never comes with a session (3.2.2.1.1).
    private static MqttPacket.ConnAck ReadConnAck(ref BodyReader body, MqttVersion version)
    {
        var flags = body.ReadByte("acknowledge flags");
        if (flags > 1)
        {
            MqttProtocolException.ThrowMalformed("CONNACK has reserved acknowledge flags set.");
        }

        var code = body.ReadByte("reason code");
        var reason = version == MqttVersion.V500
            ? Reasons.Check(MqttPacketType.ConnAck, code)
            : Reasons.FromReturnCode(code);
        if (flags == 1 && reason != MqttReason.Success)
        {
            MqttProtocolException.ThrowProtocol("CONNACK refuses and says that a session is present.");
        }

        return new MqttPacket.ConnAck(flags == 1, reason)
        {
            Properties = PropertyReader.Read(ref body, version, PropertyPlace.ConnAck),
        };
    }

    // 3.3: topic name, packet identifier above QoS 0, properties, payload.
    private static MqttPacket.Publish ReadPublish(byte firstByte, ref BodyReader body, MqttVersion version)
    {
        var qos = (MqttQoS)((firstByte >> 1) & 0b11);
        var topic = body.ReadTopicName("topic name", mayBeEmpty: true);
        var packetId = qos == MqttQoS.AtMostOnce ? (ushort)0 : body.ReadPacketId();
        var properties = PropertyReader.Read(ref body, version, PropertyPlace.Publish);
        if (topic.Length == 0 && properties.TopicAlias is null)
        {
            MqttProtocolException.ThrowProtocol("The topic name is empty, and no topic alias stands for it.");
        }

        return new MqttPacket.Publish(topic, body.TakeAll().ToArray())
        {
            QoS = qos,
            Retain = (firstByte & 0b0001) != 0,
            Dup = (firstByte & 0b1000) != 0,
            PacketId = packetId,
            Properties = properties,
        };
    }

    // 3.4 to 3.7: packet identifier; in 5.0 a reason code and properties, either left out from the end (3.4.2.1).
    private static MqttPacket ReadPublishAnswer(MqttPacketType type, ref BodyReader body, MqttVersion version)
    {
        var packetId = body.ReadPacketId();
        var reason = MqttReason.Success;
        var properties = MqttProperties.None;
        if (version == MqttVersion.V500 && !body.IsAtEnd)
        {
            reason = Reasons.Check(type, body.ReadByte("reason code"));
            if (!body.IsAtEnd)
            {
                properties = PropertyReader.Read(ref body, version, PropertyPlace.PublishAnswer);
            }
        }

        return type switch
        {
            MqttPacketType.PubAck => new MqttPacket.PubAck(packetId, reason) { Properties = properties },
            MqttPacketType.PubRec => new MqttPacket.PubRec(packetId, reason) { Properties = properties },
            MqttPacketType.PubRel => new MqttPacket.PubRel(packetId, reason) { Properties = properties },
            _ => new MqttPacket.PubComp(packetId, reason) { Properties = properties },
        };
    }

    // 3.8: packet identifier, properties, then topic filters with their options, at least one (3.8.3).
    private static MqttPacket.Subscribe ReadSubscribe(ref BodyReader body, MqttVersion version)
    {
        var packetId = body.ReadPacketId();
        var properties = PropertyReader.Read(ref body, version, PropertyPlace.Subscribe);
        var subscriptions = new List<MqttSubscription>();
        do
        {
            subscriptions.Add(ReadSubscription(ref body, version));
        }
        while (!body.IsAtEnd);
        return new MqttPacket.Subscribe(packetId, subscriptions) { Properties = properties };
    }

    // 3.8.3.1: │ reserved 2b │ retain handling 2b │ retain as published │ no local │ QoS 2b │; 3.1.1 has the QoS alone.
    private static MqttSubscription ReadSubscription(ref BodyReader body, MqttVersion version)
    {
        var filter = ReadFilter(ref body);
        var options = body.ReadByte("subscription options");
        var reserved = version == MqttVersion.V500 ? 0b1100_0000 : 0b1111_1100;
        if ((options & reserved) != 0)
        {
            MqttProtocolException.ThrowMalformed("SUBSCRIBE has reserved subscription options set.");
        }

        if ((options & 0b11) == 3)
        {
            MqttProtocolException.ThrowMalformed("SUBSCRIBE asks for QoS 3; 0, 1 and 2 are allowed.");
        }

        var handling = (options >> 4) & 0b11;
        if (handling == 3)
        {
            MqttProtocolException.ThrowProtocol("SUBSCRIBE has retain handling 3; 0, 1 and 2 are allowed.");
        }

        var noLocal = (options & 0b0100) != 0;
        if (noLocal && TopicFilter.IsShared(filter))
        {
            MqttProtocolException.ThrowProtocol("SUBSCRIBE sets no local on a shared subscription.");
        }

        return new MqttSubscription(
            filter, (MqttQoS)(options & 0b11), noLocal, (options & 0b1000) != 0, (MqttRetainHandling)handling);
    }

    private static string ReadFilter(ref BodyReader body)
    {
        var filter = body.ReadName("topic filter");
        if (filter.Length == 0)
        {
            MqttProtocolException.ThrowMalformed("A topic filter is empty.");
        }

        return filter;
    }

    // 3.9: packet identifier, properties, a reason for each filter.
    private static MqttPacket.SubAck ReadSubAck(ref BodyReader body, MqttVersion version)
    {
        var packetId = body.ReadPacketId();
        var properties = PropertyReader.Read(ref body, version, PropertyPlace.SubscribeAnswer);
        var reasons = new List<MqttReason>();
        do
        {
            var code = body.ReadByte("reason code");
            if (version == MqttVersion.V311 && code is not (0 or 1 or 2 or 0x80))
            {
                MqttProtocolException.ThrowMalformed(
                    $"SUBACK has the return code {code}; 0, 1, 2 and 128 are allowed.");
            }

            reasons.Add(Reasons.Check(MqttPacketType.SubAck, code));
        }
        while (!body.IsAtEnd);
        return new MqttPacket.SubAck(packetId, reasons) { Properties = properties };
    }

    // 3.10: packet identifier, properties, topic filters, at least one (3.10.3).
    private static MqttPacket.Unsubscribe ReadUnsubscribe(ref BodyReader body, MqttVersion version)
    {
        var packetId = body.ReadPacketId();
        var properties = PropertyReader.Read(ref body, version, PropertyPlace.Unsubscribe);
        var filters = new List<string>();
        do
        {
            filters.Add(ReadFilter(ref body));
        }
        while (!body.IsAtEnd);
        return new MqttPacket.Unsubscribe(packetId, filters) { Properties = properties };
    }

    // 3.11: as SUBACK; in 3.1.1 the packet identifier alone.
    private static MqttPacket.UnsubAck ReadUnsubAck(ref BodyReader body, MqttVersion version)
    {
        var packetId = body.ReadPacketId();
        if (version == MqttVersion.V311)
        {
            return new MqttPacket.UnsubAck(packetId, []);
        }

        var properties = PropertyReader.Read(ref body, version, PropertyPlace.SubscribeAnswer);
        var reasons = new List<MqttReason>();
        do
        {
            reasons.Add(Reasons.Check(MqttPacketType.UnsubAck, body.ReadByte("reason code")));
        }
        while (!body.IsAtEnd);
        return new MqttPacket.UnsubAck(packetId, reasons) { Properties = properties };
    }

    // 3.14: nothing, or a reason code, or that and properties; in 3.1.1 nothing.
    private static MqttPacket.Disconnect ReadDisconnect(ref BodyReader body, MqttVersion version)
    {
        if (version == MqttVersion.V311 || body.IsAtEnd)
        {
            return new MqttPacket.Disconnect();
        }

        var reason = Reasons.Check(MqttPacketType.Disconnect, body.ReadByte("reason code"));
        return new MqttPacket.Disconnect(reason)
        {
            Properties = body.IsAtEnd
                ? MqttProperties.None
                : PropertyReader.Read(ref body, version, PropertyPlace.Disconnect),
        };
    }

    // 3.15: nothing, which is success, or a reason code and properties.
    private static MqttPacket.Auth ReadAuth(ref BodyReader body)
    {
        if (body.IsAtEnd)
        {
            return new MqttPacket.Auth();
        }

        var reason = Reasons.Check(MqttPacketType.Auth, body.ReadByte("reason code"));
        return new MqttPacket.Auth(reason)
        {
            Properties = PropertyReader.Read(ref body, MqttVersion.V500, PropertyPlace.Auth),
        };
    }
}
