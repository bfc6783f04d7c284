namespace Hub.Transport.Mqtt;

/// <summary>The body of CONNECT (3.1), whose version stands inside it.</summary>
internal static class ConnectReader
{
    public static MqttPacket.Connect Read(ref BodyReader body)
    {
        var version = ReadVersion(ref body);

        // 3.1.2.3: │ user name │ password │ will retain │ will QoS 2b │ will │ clean start │ reserved │
        var flags = body.ReadByte("connect flags");
        var willQoS = (flags >> 3) & 0b11;
        CheckFlags(flags, willQoS, version);
        var keepAlive = body.ReadUInt16("keep alive");
        var properties = PropertyReader.Read(ref body, version, PropertyPlace.Connect);

        // 3.1.3: client id, will, user name, password, in this order. An empty client id asks the server for one.
        // Whether it may (3.1.1: only with a clean session) is answered by a CONNACK, so the server is to judge it.
        var clientId = body.ReadName("client identifier");
        MqttWill? will = null;
        if ((flags & 0b0000_0100) != 0)
        {
            var willProperties = PropertyReader.Read(ref body, version, PropertyPlace.Will);
            var topic = body.ReadTopicName("will topic");
            var payload = body.ReadBinary("will payload").ToArray();
            will = new MqttWill(topic, payload, (MqttQoS)willQoS, (flags & 0b0010_0000) != 0)
            {
                Properties = willProperties,
            };
        }

        var userName = (flags & 0b1000_0000) != 0 ? body.ReadName("user name") : null;
        // Not "? … : null": a null array would turn into an empty memory, and so into a password.
        ReadOnlyMemory<byte>? password = null;
        if ((flags & 0b0100_0000) != 0)
        {
            password = body.ReadBinary("password").ToArray();
        }

        return new MqttPacket.Connect(version, clientId)
        {
            CleanStart = (flags & 0b0000_0010) != 0,
            KeepAlive = keepAlive,
            Will = will,
            UserName = userName,
            Password = password,
            Properties = properties,
        };
    }

    // 3.1.2.1, 3.1.2.2
    private static MqttVersion ReadVersion(ref BodyReader body)
    {
        var name = body.ReadBinary("protocol name");
        if (!name.SequenceEqual("MQTT"u8))
        {
            // MQIsdp is MQTT 3.1: such a client can be told. Whoever says another name is no MQTT client.
            MqttProtocolException.Throw(
                name.SequenceEqual("MQIsdp"u8) ? MqttReason.UnsupportedProtocolVersion : MqttReason.MalformedPacket,
                "The protocol name is not MQTT; 3.1.1 and 5.0 are spoken here.");
        }

        var level = body.ReadByte("protocol version");
        if (level is not ((byte)MqttVersion.V311 or (byte)MqttVersion.V500))
        {
            MqttProtocolException.Throw(
                MqttReason.UnsupportedProtocolVersion,
                $"The protocol version is {level}; 4 (3.1.1) and 5 are spoken here.");
        }

        return (MqttVersion)level;
    }

    private static void CheckFlags(byte flags, int willQoS, MqttVersion version)
    {
        if ((flags & 0b0000_0001) != 0)
        {
            MqttProtocolException.ThrowMalformed("CONNECT has its reserved flag set.");
        }

        if (willQoS == 3)
        {
            MqttProtocolException.ThrowMalformed("CONNECT has will QoS 3; 0, 1 and 2 are allowed.");
        }

        if ((flags & 0b0000_0100) == 0 && (flags & 0b0011_1000) != 0)
        {
            MqttProtocolException.ThrowMalformed("CONNECT has will QoS or will retain without a will.");
        }

        // 3.1.1: 3.1.2.9; 5.0 lets a password stand alone.
        if (version == MqttVersion.V311 && (flags & 0b1100_0000) == 0b0100_0000)
        {
            MqttProtocolException.ThrowMalformed("CONNECT has a password without a user name.");
        }
    }
}
