using System.Buffers.Binary;

namespace Hub.Transport.Mqtt;

/// <summary>
/// One step after a PUBLISH, straight into a span: PUBACK, PUBREC, PUBREL, PUBCOMP (3.4 to 3.7). Four bytes, so that
/// hundreds of them wait in an array.
/// <code>
/// │ type and flags │ length │ packet id 2 B │ reason, 5.0 only and if not 0 │
/// </code>
/// </summary>
public readonly record struct PublishAnswer(
    MqttPacketType Type, ushort PacketId, MqttReason Reason = MqttReason.Success)
{
    public const int BytesMax = 5;

    /// <summary>Writes it and returns its length; 3.1.1 can't carry the reason and acknowledges all the same.</summary>
    public int Write(Span<byte> output, MqttVersion version)
    {
        var hasReason = version == MqttVersion.V500 && Reason != MqttReason.Success;
        output[0] = (byte)(((int)Type << 4) | (Type == MqttPacketType.PubRel ? 0b0010 : 0));
        output[1] = (byte)(hasReason ? 3 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], PacketId);
        if (!hasReason)
        {
            return 4;
        }

        output[4] = (byte)Reason;
        return 5;
    }
}
