using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Hub.Transport.Mqtt;

/// <summary>
/// MQTT 3.1.1 and 5.0 packets to and from bytes, as two pure functions. Comments give the clauses of 5.0; 3.1.1's are
/// given where they differ.
/// </summary>
public static class MqttCodec
{
    private const int HeaderBytesMax = 5;

    /// <summary>
    /// Takes the first packet off the input; false when more bytes are needed, and the input stays as it is.
    /// </summary>
    /// <param name="input">What came so far; moved past the packet that was read.</param>
    /// <param name="version">Of this connection. CONNECT states its own.</param>
    /// <param name="packetBytesMax">The longest packet to take, fixed header included.</param>
    /// <param name="packet">The packet.</param>
    /// <exception cref="MqttProtocolException">For anything that the standard forbids.</exception>
    public static bool TryRead(
        ref ReadOnlySequence<byte> input, MqttVersion version, int packetBytesMax,
        [NotNullWhen(true)] out MqttPacket? packet)
    {
        packet = null;
        Span<byte> header = stackalloc byte[HeaderBytesMax];
        header = header[..(int)Math.Min(input.Length, HeaderBytesMax)];
        input.Slice(0, header.Length).CopyTo(header);
        if (!MqttFrame.TryReadHeader(header, version, packetBytesMax, out var headerLength, out var remaining)
            || input.Length - headerLength < remaining)
        {
            return false;
        }

        // The bytes are here: only now may anything be as large as the sender says that it is.
        var body = input.Slice(headerLength, remaining);
        packet = PacketReader.Read(header[0], body.IsSingleSegment ? body.FirstSpan : body.ToArray(), version);
        input = input.Slice(headerLength + remaining);
        return true;
    }

    /// <summary>Writes the packet in that version; CONNECT in its own.</summary>
    /// <exception cref="ArgumentException">The caller's fault: a field too long, a property out of place.</exception>
    public static void Write(IBufferWriter<byte> output, MqttPacket packet, MqttVersion version)
    {
        var buffer = PacketBuffer.Rent();
        var firstByte = PacketWriter.Write(buffer, packet, version);
        buffer.Finish(output, firstByte);
    }
}
