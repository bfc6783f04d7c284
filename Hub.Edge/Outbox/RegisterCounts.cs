using System.Buffers.Binary;
using System.Text;

namespace Hub.Edge.Outbox;

/// <summary>
/// The pulse counts as they are committed with the readings: one commit for both, so a register that the hub has seen
/// can't go backwards over a restart.
/// <code>
///   count u16 │ { length u8 │ key │ pulses u64 } …
/// </code>
/// </summary>
public static class RegisterCounts
{
    public static byte[] Write(IReadOnlyDictionary<string, long> counts)
    {
        var bytes = new byte[2 + counts.Sum(count => 9 + Encoding.UTF8.GetByteCount(count.Key))];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)counts.Count);
        var rest = bytes.AsSpan(2);
        foreach (var (key, count) in counts.OrderBy(count => count.Key, StringComparer.Ordinal))
        {
            var length = Encoding.UTF8.GetBytes(key, rest[1..]);
            rest[0] = (byte)length;
            BinaryPrimitives.WriteInt64LittleEndian(rest[(1 + length)..], count);
            rest = rest[(9 + length)..];
        }

        return bytes;
    }

    public static Dictionary<string, long> Read(ReadOnlySpan<byte> bytes)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        if (bytes.Length < 2)
        {
            return counts;
        }

        int left = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        for (bytes = bytes[2..]; left > 0; left--)
        {
            var length = bytes.IsEmpty ? 0 : bytes[0];
            if (bytes.Length < 9 + length)
            {
                throw new InvalidDataException("The register counts end too early.");
            }

            counts[Encoding.UTF8.GetString(bytes.Slice(1, length))] =
                BinaryPrimitives.ReadInt64LittleEndian(bytes[(1 + length)..]);
            bytes = bytes[(9 + length)..];
        }

        return counts;
    }
}
