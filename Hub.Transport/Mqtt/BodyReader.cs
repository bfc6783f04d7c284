using System.Buffers.Binary;
using System.Text;

namespace Hub.Transport.Mqtt;

/// <summary>
/// Reads the data types of 1.5 out of one packet's body. A field that runs past the end is malformed.
/// </summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly int Remaining => _rest.Length;

    public byte ReadByte(string what) => Take(1, what)[0];

    public ushort ReadUInt16(string what) => BinaryPrimitives.ReadUInt16BigEndian(Take(2, what));

    public uint ReadUInt32(string what) => BinaryPrimitives.ReadUInt32BigEndian(Take(4, what));

    /// <summary>2.2.1: a packet identifier is never 0.</summary>
    public ushort ReadPacketId()
    {
        var id = ReadUInt16("packet identifier");
        if (id == 0)
        {
            MqttProtocolException.ThrowProtocol("The packet identifier is 0; 1 to 65535 are allowed.");
        }

        return id;
    }

    /// <summary>1.5.5: seven bits a byte, lowest first, at most four bytes, and no more of them than needed.</summary>
    public uint ReadVariable(string what)
    {
        var value = 0u;
        for (var i = 0; i < 4; i++)
        {
            var next = ReadByte(what);
            value |= (uint)(next & 0b0111_1111) << (7 * i);
            if (next < 0b1000_0000)
            {
                if (next == 0 && i > 0)
                {
                    MqttProtocolException.ThrowMalformed($"The {what} takes more bytes than its value needs.");
                }

                return value;
            }
        }

        MqttProtocolException.ThrowMalformed($"The {what} is longer than four bytes.");
        return 0;
    }

    public ReadOnlySpan<byte> ReadBinary(string what) => Take(ReadUInt16(what), what);

    public string ReadText(string what)
    {
        var bytes = ReadBinary(what);
        if (!MqttText.IsWellFormed(bytes))
        {
            MqttProtocolException.ThrowMalformed($"The {what} is not well-formed UTF-8 without U+0000.");
        }

        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A topic, a filter or somebody's name: text without control characters.</summary>
    public string ReadName(string what)
    {
        var bytes = ReadBinary(what);
        if (!MqttText.IsName(bytes))
        {
            MqttProtocolException.ThrowMalformed($"The {what} is not well-formed UTF-8 without control characters.");
        }

        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A topic name: at least one character, and no wildcard (4.7.3, 3.3.2.1).</summary>
    public string ReadTopicName(string what, bool mayBeEmpty = false)
    {
        var topic = ReadName(what);
        if (topic.Length == 0 && !mayBeEmpty)
        {
            MqttProtocolException.ThrowMalformed($"The {what} is empty.");
        }

        if (topic.AsSpan().ContainsAny('+', '#'))
        {
            MqttProtocolException.ThrowMalformed($"The {what} has a wildcard in it.");
        }

        return topic;
    }

    public ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > _rest.Length)
        {
            MqttProtocolException.ThrowMalformed($"The packet ends inside its {what}.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public ReadOnlySpan<byte> TakeAll() => Take(_rest.Length, "payload");

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            MqttProtocolException.ThrowMalformed($"{_rest.Length} bytes stand after the packet's last field.");
        }
    }
}
