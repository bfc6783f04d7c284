using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Hub.Transport.Mqtt;

/// <summary>
/// A packet under construction. Lengths stand before what they count, so that is written first and the length
/// is put in front of it: a copy within the cache, and no second pass that must agree with the first.
/// </summary>
internal sealed class PacketBuffer
{
    /// <summary>Beyond this a buffer is not kept for the next packet.</summary>
    private const int KeptBytesMax = 64 * 1024;

    [ThreadStatic]
    private static PacketBuffer? Kept;

    private byte[] _bytes = new byte[512];
    private int _length;

    public static PacketBuffer Rent()
    {
        var buffer = Kept ?? new PacketBuffer();
        Kept = null;
        buffer._length = 0;
        return buffer;
    }

    public int Length => _length;

    /// <summary>Hands the packet over, behind its fixed header, and gives the buffer back.</summary>
    public void Finish(IBufferWriter<byte> output, byte firstByte)
    {
        var target = output.GetSpan(5 + _length);
        target[0] = firstByte;
        var header = 1 + WriteVariable(target[1..], CheckedLength(_length));
        _bytes.AsSpan(0, _length).CopyTo(target[header..]);
        output.Advance(header + _length);
        if (_bytes.Length <= KeptBytesMax)
        {
            Kept = this;
        }
    }

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void Variable(uint value)
    {
        Span<byte> encoded = stackalloc byte[4];
        var length = WriteVariable(encoded, CheckedLength(value));
        Raw(encoded[..length]);
    }

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void Binary(ReadOnlySpan<byte> bytes)
    {
        UInt16(CheckedUInt16(bytes.Length));
        Raw(bytes);
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        UInt16(CheckedUInt16(length));
        Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    /// <summary>
    /// Puts the variable byte integer of the length since <paramref name="mark"/> there, before those bytes.
    /// </summary>
    public void InsertLength(int mark)
    {
        Span<byte> encoded = stackalloc byte[4];
        var counted = _length - mark;
        var length = WriteVariable(encoded, CheckedLength(counted));
        Reserve(length);
        _bytes.AsSpan(mark, counted).CopyTo(_bytes.AsSpan(mark + length));
        encoded[..length].CopyTo(_bytes.AsSpan(mark));
    }

    internal static int WriteVariable(Span<byte> target, uint value)
    {
        var length = 0;
        do
        {
            var next = (byte)(value & 0b0111_1111);
            value >>= 7;
            target[length++] = value > 0 ? (byte)(next | 0b1000_0000) : next;
        }
        while (value > 0);
        return length;
    }

    private static uint CheckedLength(long value) => value <= MqttFrame.RemainingLengthMax
        ? (uint)value
        : throw new ArgumentException($"{value} exceeds the {MqttFrame.RemainingLengthMax} of a variable length.");

    private static ushort CheckedUInt16(int length) => length <= ushort.MaxValue
        ? (ushort)length
        : throw new ArgumentException($"A field of {length} bytes exceeds the {ushort.MaxValue} that MQTT allows.");

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + count, _bytes.Length * 2));
        }

        var span = _bytes.AsSpan(_length, count);
        _length += count;
        return span;
    }
}
