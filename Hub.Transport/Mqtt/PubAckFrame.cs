using System.Buffers.Binary;

namespace Hub.Transport.Mqtt;

/// <summary>
/// PUBACK straight into a span (3.4).
/// <code>
/// │ 0x40 │ length │ packet id 2 B │ reason, 5.0 only and if not 0 │
/// </code>
/// </summary>
public static class PubAckFrame
{
    public const int BytesMax = 5;

    /// <summary>Writes it and returns its length; 3.1.1 can't carry the reason and acknowledges all the same.</summary>
    public static int Write(Span<byte> output, ushort packetId, MqttReason reason, MqttVersion version)
    {
        var hasReason = version == MqttVersion.V500 && reason != MqttReason.Success;
        output[0] = (byte)MqttPacketType.PubAck << 4;
        output[1] = (byte)(hasReason ? 3 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], packetId);
        if (!hasReason)
        {
            return 4;
        }

        output[4] = (byte)reason;
        return 5;
    }
}
