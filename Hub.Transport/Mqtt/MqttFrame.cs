namespace Hub.Transport.Mqtt;

/// <summary>
/// One whole packet inside a span: its fixed header read, its body untouched (2.1). The splitter allocates nothing.
/// <code>
/// │ type 4b │ flags 4b │ remaining length 1..4 B │ body: that many bytes │
/// </code>
/// </summary>
public readonly ref struct MqttFrame
{
    /// <summary>The largest value that four bytes of seven bits carry (2.1.4).</summary>
    public const int RemainingLengthMax = 268_435_455;

    private MqttFrame(byte firstByte, ReadOnlySpan<byte> body, int length)
    {
        Type = (MqttPacketType)(firstByte >> 4);
        Flags = (byte)(firstByte & 0b0000_1111);
        Body = body;
        Length = length;
    }

    public MqttPacketType Type { get; }

    /// <summary>The lower four bits of the first byte.</summary>
    public byte Flags { get; }

    /// <summary>Variable header and payload; it starts at <c>Length - Body.Length</c>.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Bytes of the whole packet, fixed header included.</summary>
    public int Length { get; }

    /// <summary>
    /// The first packet of the input; false when more bytes are needed. What is wrong in the fixed header is thrown as
    /// soon as it can be seen, before the body is there.
    /// </summary>
    /// <param name="input">What came so far.</param>
    /// <param name="version">Of this connection; before CONNECT it doesn't matter which.</param>
    /// <param name="packetBytesMax">The longest packet to take, fixed header included.</param>
    /// <param name="frame">The packet.</param>
    public static bool TrySplit(
        ReadOnlySpan<byte> input, MqttVersion version, int packetBytesMax, out MqttFrame frame)
    {
        frame = default;
        if (!TryReadHeader(input, version, packetBytesMax, out var headerLength, out var remaining)
            || input.Length - headerLength < remaining)
        {
            return false;
        }

        frame = new MqttFrame(input[0], input.Slice(headerLength, remaining), headerLength + remaining);
        return true;
    }

    /// <summary>The fixed header alone; false while it isn't whole.</summary>
    internal static bool TryReadHeader(
        ReadOnlySpan<byte> input, MqttVersion version, int packetBytesMax, out int headerLength, out int remaining)
    {
        (headerLength, remaining) = (0, 0);
        if (input.IsEmpty)
        {
            return false;
        }

        CheckFirstByte(input[0], version);
        for (var i = 1; i < input.Length; i++)
        {
            var next = input[i];
            remaining |= (next & 0b0111_1111) << (7 * (i - 1));
            if (next < 0b1000_0000)
            {
                // 5.0: 1.5.5 forbids padding; 3.1.1 has no such sentence, and some small clients do it.
                if (next == 0 && i > 1 && version == MqttVersion.V500)
                {
                    MqttProtocolException.ThrowMalformed("The remaining length takes more bytes than its value needs.");
                }

                headerLength = i + 1;
                var length = headerLength + remaining;
                if (length > packetBytesMax)
                {
                    MqttProtocolException.Throw(
                        MqttReason.PacketTooLarge,
                        $"A packet of {length} bytes exceeds the {packetBytesMax} allowed here.");
                }

                return true;
            }

            if (i == 4)
            {
                MqttProtocolException.ThrowMalformed("The remaining length is longer than four bytes.");
            }
        }

        return false;
    }

    // 2.1.2, 2.1.3: the types, and flags that are fixed for all but PUBLISH. 3.1.1 reserves type 15.
    private static void CheckFirstByte(byte first, MqttVersion version)
    {
        var type = (MqttPacketType)(first >> 4);
        var flags = first & 0b0000_1111;
        switch (type)
        {
            case 0:
                MqttProtocolException.ThrowMalformed("The packet type is 0, which is reserved.");
                break;
            case MqttPacketType.Auth when version == MqttVersion.V311:
                MqttProtocolException.ThrowMalformed("The packet type is 15, which 3.1.1 reserves.");
                break;
            case MqttPacketType.Publish:
                CheckPublishFlags(flags);
                break;
            case MqttPacketType.PubRel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe when flags != 0b0010:
                MqttProtocolException.ThrowMalformed($"{type} has the flags {flags}; they are always 2.");
                break;
            case MqttPacketType.PubRel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe:
                break;
            default:
                if (flags != 0)
                {
                    MqttProtocolException.ThrowMalformed($"{type} has the flags {flags}; they are always 0.");
                }

                break;
        }
    }

    // 3.3.1.1, 3.3.1.2: QoS 3 is malformed, and DUP without a QoS that resends contradicts itself.
    private static void CheckPublishFlags(int flags)
    {
        var qos = (flags >> 1) & 0b11;
        if (qos == 3)
        {
            MqttProtocolException.ThrowMalformed("PUBLISH has QoS 3; 0, 1 and 2 are allowed.");
        }

        if (qos == 0 && (flags & 0b1000) != 0)
        {
            MqttProtocolException.ThrowMalformed("PUBLISH has DUP set at QoS 0.");
        }
    }
}
