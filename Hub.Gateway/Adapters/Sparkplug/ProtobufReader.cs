using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Hub.Gateway.Adapters.Sparkplug;

/// <summary>
/// Reads protobuf's wire format (https://protobuf.dev/programming-guides/encoding/) field by field. Whatever the bytes,
/// it gives fields or stops with <see cref="IsBroken"/>; it throws nothing and copies nothing but texts.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private const int VarintBytesMax = 10;

    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>The field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its bytes, if it has a length.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Its number, if it is a varint or of fixed size.</summary>
    public ulong Number { get; private set; }

    /// <summary>The bytes are no protobuf from here on.</summary>
    public bool IsBroken { get; private set; }

    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)Number);

    public readonly double Double => BitConverter.UInt64BitsToDouble(Number);

    /// <summary>The text; null if it isn't UTF-8.</summary>
    public readonly string? Text => Utf8.IsValid(Bytes) ? Encoding.UTF8.GetString(Bytes) : null;

    /// <summary>The next field; false at the end, and where the bytes are broken.</summary>
    public bool Read()
    {
        Bytes = default;
        Number = 0;
        if (_left.IsEmpty || IsBroken)
        {
            return false;
        }

        if (!TryVarint(out var tag) || tag >> 3 is 0 or > int.MaxValue || !TryValue((int)(tag & 7)))
        {
            IsBroken = true;
            return false;
        }

        Field = (int)(tag >> 3);
        return true;
    }

    private bool TryValue(int wireType)
    {
        switch (wireType)
        {
            case 0 when TryVarint(out var number):
                Number = number;
                return true;
            case 1 when _left.Length >= sizeof(ulong):
                Number = BinaryPrimitives.ReadUInt64LittleEndian(_left);
                _left = _left[sizeof(ulong)..];
                return true;
            case 2 when TryVarint(out var length) && length <= (ulong)_left.Length:
                Bytes = _left[..(int)length];
                _left = _left[(int)length..];
                return true;
            case 5 when _left.Length >= sizeof(uint):
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_left);
                _left = _left[sizeof(uint)..];
                return true;
            default:
                // Groups (3 and 4) were given up before Sparkplug was written.
                return false;
        }
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < VarintBytesMax && i < _left.Length; i++)
        {
            value |= (ulong)(_left[i] & 0x7F) << (7 * i);
            if (_left[i] < 0x80)
            {
                _left = _left[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
