using System.Buffers.Binary;

namespace Hub.Transport.Mqtt;

/// <summary>Checks the properties of a PUBLISH where they lie (3.3.2.3).</summary>
internal static class PublishPropertyWalk
{
    /// <summary>The topic alias, or 0.</summary>
    public static ushort Check(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        var seen = 0ul;
        ushort topicAlias = 0;
        while (at < bytes.Length)
        {
            var id = bytes[at++];
            if (id is not (0x0B or 0x26) && id < 64)
            {
                if ((seen & (1ul << id)) != 0)
                {
                    MqttProtocolException.ThrowProtocol($"The property 0x{id:X2} comes twice.");
                }

                seen |= 1ul << id;
            }

            switch (id)
            {
                case 0x01: // Payload format indicator, 0 or 1.
                    if (Take(bytes, ref at, 1)[0] > 1)
                    {
                        MqttProtocolException.ThrowProtocol("The payload format indicator is neither 0 nor 1.");
                    }

                    break;
                case 0x02: // Message expiry interval.
                    Take(bytes, ref at, 4);
                    break;
                case 0x03: // Content type.
                    Text(bytes, ref at);
                    break;
                case 0x08: // Response topic, a topic name.
                    var topic = Text(bytes, ref at);
                    if (topic.IsEmpty || !MqttText.IsName(topic) || topic.ContainsAny("+#"u8))
                    {
                        MqttProtocolException.ThrowMalformed("The response topic is no topic name.");
                    }

                    break;
                case 0x09: // Correlation data.
                    Take(bytes, ref at, ReadUInt16(bytes, ref at));
                    break;
                case 0x0B: // Subscription identifier, as many as there are.
                    if (ReadVariable(bytes, ref at) == 0)
                    {
                        MqttProtocolException.ThrowProtocol("A subscription identifier is 0.");
                    }

                    break;
                case 0x23: // Topic alias, never 0.
                    topicAlias = ReadUInt16(bytes, ref at);
                    if (topicAlias == 0)
                    {
                        MqttProtocolException.Throw(MqttReason.TopicAliasInvalid, "The topic alias is 0.");
                    }

                    break;
                case 0x26: // User property, as many as there are.
                    Text(bytes, ref at);
                    Text(bytes, ref at);
                    break;
                default:
                    ThrowOther(bytes);
                    break;
            }
        }

        return topicAlias;
    }

    /// <summary>A property that isn't PUBLISH's: which fault that is takes the slow reader to say.</summary>
    private static void ThrowOther(ReadOnlySpan<byte> bytes)
    {
        var body = new BodyReader(bytes);
        PropertyReader.ReadAll(ref body, PropertyPlace.Publish);
    }

    public static ushort ReadUInt16(ReadOnlySpan<byte> bytes, ref int at) =>
        BinaryPrimitives.ReadUInt16BigEndian(Take(bytes, ref at, 2));

    public static int ReadVariable(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var next = Take(bytes, ref at, 1)[0];
            value |= (next & 0b0111_1111) << shift;
            if (next < 0b1000_0000)
            {
                if (next == 0 && shift > 0)
                {
                    MqttProtocolException.ThrowMalformed(
                        "A variable byte integer takes more bytes than its value needs.");
                }

                return value;
            }
        }

        MqttProtocolException.ThrowMalformed("A variable byte integer is longer than four bytes.");
        return 0;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> bytes, ref int at)
    {
        var text = Take(bytes, ref at, ReadUInt16(bytes, ref at));
        if (!MqttText.IsWellFormed(text))
        {
            MqttProtocolException.ThrowMalformed("A property is not well-formed UTF-8 without U+0000.");
        }

        return text;
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, ref int at, int count)
    {
        if (count > bytes.Length - at)
        {
            MqttProtocolException.ThrowMalformed("The packet ends inside one of its fields.");
        }

        var taken = bytes.Slice(at, count);
        at += count;
        return taken;
    }
}
