using System.Buffers.Binary;

namespace Hub.Transport.Mqtt;

/// <summary>
/// A PUBLISH read in place (3.3), for the paths that take hundreds of thousands a second: it points into the frame and
/// allocates nothing. It refuses exactly what <see cref="MqttCodec"/> refuses, which is its test oracle.
/// <code>
/// │ topic: 2 B length, UTF-8 │ packet id 2 B, QoS > 0 │ 5.0: properties: variable length, bytes │ payload │
/// </code>
/// </summary>
public readonly ref struct PublishView
{
    private PublishView(
        byte flags, ReadOnlySpan<byte> topic, ushort packetId, ReadOnlySpan<byte> properties, ushort topicAlias,
        ReadOnlySpan<byte> payload)
    {
        QoS = (MqttQoS)((flags >> 1) & 0b11);
        Retain = (flags & 0b0001) != 0;
        Dup = (flags & 0b1000) != 0;
        Topic = topic;
        PacketId = packetId;
        Properties = properties;
        TopicAlias = topicAlias;
        Payload = payload;
    }

    /// <summary>Empty only with a topic alias.</summary>
    public ReadOnlySpan<byte> Topic { get; }

    /// <summary>0 at QoS 0.</summary>
    public ushort PacketId { get; }

    /// <summary>The properties as sent, without their length, checked.</summary>
    public ReadOnlySpan<byte> Properties { get; }

    /// <summary>0 without one. Whether it is within the limit and known is the session's to say (3.3.2.3.4).</summary>
    public ushort TopicAlias { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public bool Dup { get; }

    public MqttQoS QoS { get; }

    public bool Retain { get; }

    /// <summary>Reads a frame of type PUBLISH.</summary>
    /// <exception cref="MqttProtocolException">For anything that the standard forbids.</exception>
    public static PublishView Read(MqttFrame frame, MqttVersion version) => Read(frame.Flags, frame.Body, version);

    /// <summary>Reads the body of a PUBLISH whose flags <see cref="MqttFrame.TrySplit"/> has checked.</summary>
    public static PublishView Read(byte flags, ReadOnlySpan<byte> body, MqttVersion version)
    {
        if (body.Length < 2)
        {
            MqttProtocolException.ThrowMalformed("The packet ends inside its topic name.");
        }

        var at = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
        if (at > body.Length)
        {
            MqttProtocolException.ThrowMalformed("The packet ends inside its topic name.");
        }

        var topic = body[2..at];
        if (!MqttText.IsName(topic))
        {
            MqttProtocolException.ThrowMalformed("The topic name is not well-formed UTF-8 without control characters.");
        }

        if (topic.ContainsAny("+#"u8))
        {
            MqttProtocolException.ThrowMalformed("The topic name has a wildcard in it.");
        }

        ushort packetId = 0;
        if ((flags & 0b0110) != 0)
        {
            packetId = PublishPropertyWalk.ReadUInt16(body, ref at);
            if (packetId == 0)
            {
                MqttProtocolException.ThrowProtocol("The packet identifier is 0; 1 to 65535 are allowed.");
            }
        }

        ReadOnlySpan<byte> properties = default;
        ushort topicAlias = 0;
        if (version == MqttVersion.V500)
        {
            var length = PublishPropertyWalk.ReadVariable(body, ref at);
            if (length > body.Length - at)
            {
                MqttProtocolException.ThrowMalformed("The packet ends inside its properties.");
            }

            properties = body.Slice(at, length);
            at += length;
            topicAlias = PublishPropertyWalk.Check(properties);
        }

        if (topic.IsEmpty && topicAlias == 0)
        {
            MqttProtocolException.ThrowProtocol("The topic name is empty, and no topic alias stands for it.");
        }

        return new PublishView(flags, topic, packetId, properties, topicAlias, body[at..]);
    }
}
