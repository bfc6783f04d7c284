using System.Buffers.Binary;

namespace Hub.Edge.Pins;

/// <summary>
/// The kernel's <c>struct gpio_v2_line_event</c>, 48 bytes:
/// <code>
///   0 timestamp_ns u64 │ 8 id u32 (1 rising, 2 falling) │ 12 offset u32 │ 16 seqno u32 │ 20 line_seqno u32 │ 24 …
/// </code>
/// </summary>
public static class LineEvents
{
    public const int Size = 48;

    /// <summary>
    /// Reads one event; false where the bytes are not one (shorter, or an id that this uAPI doesn't have).
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LineEvent lineEvent)
    {
        lineEvent = default;
        if (bytes.Length < Size)
        {
            return false;
        }

        var id = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (id is not (1 or 2))
        {
            return false;
        }

        lineEvent = new LineEvent(
            id == 1,
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]));
        return true;
    }
}
