using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Hub.Gateway.Journal;

/// <summary>The frame around one row's entries; drawn in README.md.</summary>
public static class JournalBlock
{
    public const byte Version = 1;
    public const int HeadBytes = 9;
    public const int TailBytes = 4;

    /// <summary>Writes head and tail around entries that already stand in their place.</summary>
    /// <param name="block">Head, entries and tail: <paramref name="block"/> is as long as the whole block.</param>
    public static void Seal(Span<byte> block, DateTimeOffset committedAt)
    {
        block[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(block[1..], committedAt.UtcTicks);
        BinaryPrimitives.WriteUInt32LittleEndian(block[^TailBytes..], Checksum(block[..^TailBytes]));
    }

    /// <summary>Checks a block and gives its entries.</summary>
    /// <exception cref="JournalDamagedException">It is not what was written.</exception>
    public static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> block, out DateTimeOffset committedAt)
    {
        if (block.Length < HeadBytes + TailBytes)
        {
            throw new JournalDamagedException($"A block of {block.Length} bytes is too short.");
        }

        var stored = BinaryPrimitives.ReadUInt32LittleEndian(block[^TailBytes..]);
        var found = Checksum(block[..^TailBytes]);
        if (stored != found)
        {
            throw new JournalDamagedException($"The block's checksum is {found:x8}, not {stored:x8}.");
        }

        if (block[0] != Version)
        {
            throw new JournalDamagedException($"Block version {block[0]} is unknown; this program reads {Version}.");
        }

        committedAt = CommittedAt(block);
        return block[HeadBytes..^TailBytes];
    }

    /// <summary>Whether these bytes are a block as it was written, of whatever version.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> block) => block.Length >= HeadBytes + TailBytes
        && BinaryPrimitives.ReadUInt32LittleEndian(block[^TailBytes..]) == Checksum(block[..^TailBytes]);

    /// <summary>CRC-32C (Castagnoli), as in iSCSI (RFC 3720, B.4), by the processor's own instruction.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            var little = BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
            crc = BitOperations.Crc32C(crc, little);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }

    private static DateTimeOffset CommittedAt(ReadOnlySpan<byte> block)
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(block[1..]);
        return ticks is >= 0 and <= 3155378975999999999
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw new JournalDamagedException($"A block can't have been committed at tick {ticks}.");
    }
}
