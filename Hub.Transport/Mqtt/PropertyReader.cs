namespace Hub.Transport.Mqtt;

/// <summary>
/// Properties: their length, then identifier and value each (2.2.2). 3.1.1 has none, not even the length.
/// </summary>
internal static class PropertyReader
{
    public static MqttProperties Read(ref BodyReader body, MqttVersion version, PropertyPlace place)
    {
        if (version == MqttVersion.V311)
        {
            return MqttProperties.None;
        }

        var length = body.ReadVariable("property length");
        var bytes = new BodyReader(body.Take((int)length, "properties"));
        return bytes.IsAtEnd ? MqttProperties.None : ReadAll(ref bytes, place);
    }

    /// <summary>Identifiers and values to the end.</summary>
    public static MqttProperties ReadAll(ref BodyReader bytes, PropertyPlace place)
    {
        var properties = new MqttProperties();
        var subscriptions = new List<uint>();
        var users = new List<MqttUserProperty>();
        var seen = 0ul;
        byte misplaced = 0;
        while (!bytes.IsAtEnd)
        {
            var id = bytes.ReadByte("property identifier");
            if (PropertyTable.PlacesOf(id) == PropertyPlace.None)
            {
                MqttProtocolException.ThrowMalformed($"Nobody knows a property 0x{id:X2}.");
            }

            // Read to the end all the same: bytes that are no properties at all are the graver fault.
            misplaced = (PropertyTable.PlacesOf(id) & place) == 0 ? id : misplaced;
            if ((seen & (1ul << id)) != 0 && !PropertyTable.MayRepeat(id, place))
            {
                MqttProtocolException.ThrowProtocol($"The property 0x{id:X2} comes twice.");
            }

            seen |= 1ul << id;
            switch (id)
            {
                case 0x0B:
                    subscriptions.Add(
                        Positive(bytes.ReadVariable("subscription identifier"), "subscription identifier"));
                    break;
                case 0x26:
                    users.Add(new MqttUserProperty(
                        bytes.ReadText("user property's name"), bytes.ReadText("user property's value")));
                    break;
                default:
                    properties = ReadSingle(properties, id, ref bytes);
                    break;
            }
        }

        if (misplaced != 0)
        {
            MqttProtocolException.Throw(
                PropertyTable.MisplacedIn(place), $"{place} can't carry a property 0x{misplaced:X2}.");
        }

        // 3.1.2.11.10: data for a method that isn't named.
        if (properties.AuthenticationData is not null && properties.AuthenticationMethod is null)
        {
            MqttProtocolException.ThrowProtocol("There is authentication data without an authentication method.");
        }

        return properties with { SubscriptionIdentifiers = subscriptions, UserProperties = users };
    }

    private static MqttProperties ReadSingle(MqttProperties to, byte id, ref BodyReader bytes) => id switch
    {
        0x01 => to with { PayloadFormat = ReadFlag(ref bytes, "payload format indicator") },
        0x02 => to with { MessageExpiry = bytes.ReadUInt32("message expiry interval") },
        0x03 => to with { ContentType = bytes.ReadText("content type") },
        0x08 => to with { ResponseTopic = bytes.ReadTopicName("response topic") },
        0x09 => to with { CorrelationData = bytes.ReadBinary("correlation data").ToArray() },
        0x11 => to with { SessionExpiry = bytes.ReadUInt32("session expiry interval") },
        0x12 => to with { AssignedClientId = bytes.ReadText("assigned client identifier") },
        0x13 => to with { ServerKeepAlive = bytes.ReadUInt16("server keep alive") },
        0x15 => to with { AuthenticationMethod = bytes.ReadText("authentication method") },
        0x16 => to with { AuthenticationData = bytes.ReadBinary("authentication data").ToArray() },
        0x17 => to with { RequestProblemInformation = ReadFlag(ref bytes, "request problem information") },
        0x18 => to with { WillDelay = bytes.ReadUInt32("will delay interval") },
        0x19 => to with { RequestResponseInformation = ReadFlag(ref bytes, "request response information") },
        0x1A => to with { ResponseInformation = bytes.ReadText("response information") },
        0x1C => to with { ServerReference = bytes.ReadText("server reference") },
        0x1F => to with { ReasonString = bytes.ReadText("reason string") },
        0x21 => to with
        {
            ReceiveMaximum = (ushort)Positive(bytes.ReadUInt16("receive maximum"), "receive maximum"),
        },
        0x22 => to with { TopicAliasMaximum = bytes.ReadUInt16("topic alias maximum") },
        0x23 => to with { TopicAlias = ReadTopicAlias(ref bytes) },
        0x24 => to with { MaximumQoS = ReadFlag(ref bytes, "maximum QoS") },
        0x25 => to with { RetainAvailable = ReadFlag(ref bytes, "retain available") },
        0x27 => to with
        {
            MaximumPacketSize = Positive(bytes.ReadUInt32("maximum packet size"), "maximum packet size"),
        },
        0x28 => to with { WildcardSubscriptionAvailable = ReadFlag(ref bytes, "wildcard subscription available") },
        0x29 => to with { SubscriptionIdentifierAvailable = ReadFlag(ref bytes, "subscription identifier available") },
        _ => to with { SharedSubscriptionAvailable = ReadFlag(ref bytes, "shared subscription available") },
    };

    private static byte ReadFlag(ref BodyReader bytes, string what)
    {
        var flag = bytes.ReadByte(what);
        if (flag > 1)
        {
            MqttProtocolException.ThrowProtocol($"The {what} is {flag}; 0 and 1 are allowed.");
        }

        return flag;
    }

    private static uint Positive(uint value, string what)
    {
        if (value == 0)
        {
            MqttProtocolException.ThrowProtocol($"The {what} is 0.");
        }

        return value;
    }

    // 3.3.2.3.4
    private static ushort ReadTopicAlias(ref BodyReader bytes)
    {
        var alias = bytes.ReadUInt16("topic alias");
        if (alias == 0)
        {
            MqttProtocolException.Throw(MqttReason.TopicAliasInvalid, "The topic alias is 0.");
        }

        return alias;
    }
}
