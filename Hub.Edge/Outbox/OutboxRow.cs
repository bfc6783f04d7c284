using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Hub.Edge.Outbox;

/// <summary>One commit of a lane: records with consecutive sequence numbers, and the state that belongs to them.
/// Its drawing is in README.md.</summary>
/// <param name="Epoch">The lane's epoch: one life of its file.</param>
/// <param name="First">The first record's sequence number; the others count up from it.</param>
/// <param name="State">What must be exactly as durable as the records: the pulse registers.</param>
public sealed record OutboxRow(
    long Epoch, long First, ClockStamp Clock, ReadOnlyMemory<byte> State, IReadOnlyList<EdgeRecord> Records)
{
    public const int RecordsMax = 1_000;
    public const int StateBytesMax = ushort.MaxValue;

    private const byte Version = 1;
    private const int HeaderSize = 1 + 8 + 8 + 1 + 16 + 8 + 2;

    /// <summary>The sequence number that comes after this row.</summary>
    public long Next => First + Records.Count;

    public void Write(IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Records.Count, RecordsMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(State.Length, StateBytesMax);
        var header = output.GetSpan(HeaderSize);
        header[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(header[1..], Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(header[9..], First);
        header[17] = (byte)Clock.Quality;
        Clock.Boot.TryWriteBytes(header[18..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[34..], Clock.WallMinusMonotonicTicks);
        BinaryPrimitives.WriteUInt16LittleEndian(header[42..], (ushort)State.Length);
        output.Advance(HeaderSize);
        output.Write(State.Span);
        BinaryPrimitives.WriteUInt16LittleEndian(output.GetSpan(2), (ushort)Records.Count);
        output.Advance(2);
        foreach (var record in Records)
        {
            WriteRecord(output, record);
        }
    }

    /// <summary>Reads a row; throws <see cref="InvalidDataException"/> for anything else.</summary>
    public static OutboxRow Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize + 2 || bytes[0] != Version)
        {
            throw new InvalidDataException($"Not an outbox row of version {Version}.");
        }

        var epoch = BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]);
        var first = BinaryPrimitives.ReadInt64LittleEndian(bytes[9..]);
        var clock = new ClockStamp(
            (ClockQuality)bytes[17], new Guid(bytes.Slice(18, 16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[34..]));
        var stateLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[42..]);
        bytes = bytes[HeaderSize..];
        var state = Take(ref bytes, stateLength).ToArray();
        var records = new EdgeRecord[BinaryPrimitives.ReadUInt16LittleEndian(Take(ref bytes, 2))];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = ReadRecord(ref bytes);
        }

        return bytes.IsEmpty
            ? new OutboxRow(epoch, first, clock, state, records)
            : throw new InvalidDataException("An outbox row has more bytes than its records.");
    }

    private static void WriteRecord(IBufferWriter<byte> output, EdgeRecord record)
    {
        var fixedPart = output.GetSpan(16);
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart, record.At.UtcTicks);
        BinaryPrimitives.WriteDoubleLittleEndian(fixedPart[8..], record.Value);
        output.Advance(16);
        WriteName(output, record.Device);
        WriteName(output, record.Signal);
        WriteName(output, record.Id ?? "");
    }

    private static EdgeRecord ReadRecord(ref ReadOnlySpan<byte> bytes)
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(Take(ref bytes, 8));
        var value = BinaryPrimitives.ReadDoubleLittleEndian(Take(ref bytes, 8));
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            throw new InvalidDataException("An outbox record has an impossible time.");
        }

        var (device, signal, id) = (ReadName(ref bytes), ReadName(ref bytes), ReadName(ref bytes));
        var at = new DateTimeOffset(ticks, TimeSpan.Zero);
        return new EdgeRecord(device, signal, at, value, id.Length == 0 ? null : id);
    }

    private static void WriteName(IBufferWriter<byte> output, string name)
    {
        var span = output.GetSpan(1 + EdgeRecord.NameBytesMax);
        var length = Encoding.UTF8.GetBytes(name, span.Slice(1, EdgeRecord.NameBytesMax));
        span[0] = (byte)length;
        output.Advance(1 + length);
    }

    private static string ReadName(ref ReadOnlySpan<byte> bytes)
    {
        var length = Take(ref bytes, 1)[0];
        return Encoding.UTF8.GetString(Take(ref bytes, length));
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count)
        {
            throw new InvalidDataException("An outbox row ends too early.");
        }

        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
