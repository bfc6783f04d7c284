using System.Buffers.Binary;
using System.Text;
using Hub.Edge.Outbox;

namespace Hub.Edge.LocalMqtt;

/// <summary>One commit of local messages, version 1, little-endian.
/// <code>
///   version u8 │ clock u8 │ boot 16 bytes │ wall − monotonic, ticks i64 │ count i32 │ messages …
///   message: at, UTC ticks i64 │ retained u8 │ topic: length, UTF-8 │ payload length i32 │ payload
/// </code>
/// </summary>
/// <param name="Clock">How the edge's clock stood then.</param>
public sealed record KeptRow(ClockStamp Clock, IReadOnlyList<KeptMessage> Messages)
{
    private const byte Version = 1;
    private const int BootSize = 16;
    private const int CountAt = 2 + BootSize + sizeof(long);

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write((byte)Clock.Quality);
        writer.Write(Clock.Boot.ToByteArray());
        writer.Write(Clock.WallMinusMonotonicTicks);
        writer.Write(Messages.Count);
        foreach (var message in Messages)
        {
            writer.Write(message.At.UtcTicks);
            writer.Write(message.IsRetained);
            writer.Write(message.Topic);
            writer.Write(message.Payload.Length);
            writer.Write(message.Payload.Span);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>How many messages are in a row, without reading them; one if it is no such row.</summary>
    public static int CountOf(ReadOnlySpan<byte> row) => row.Length >= CountAt + sizeof(int) && row[0] == Version
        ? BinaryPrimitives.ReadInt32LittleEndian(row[CountAt..])
        : 1;

    /// <exception cref="InvalidDataException">It is no such row.</exception>
    public static KeptRow Read(ReadOnlyMemory<byte> row)
    {
        using var reader = new BinaryReader(new MemoryStream(row.ToArray()), Encoding.UTF8);
        try
        {
            if (reader.ReadByte() != Version)
            {
                throw new InvalidDataException($"Not a row of local messages of version {Version}.");
            }

            var clock = new ClockStamp(
                (ClockQuality)reader.ReadByte(), new Guid(reader.ReadBytes(BootSize)), reader.ReadInt64());
            var messages = new List<KeptMessage>();
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                messages.Add(Message(reader));
            }

            return reader.BaseStream.Position == row.Length
                ? new KeptRow(clock, messages)
                : throw new InvalidDataException("A row of local messages has more bytes than its messages.");
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or FormatException)
        {
            throw new InvalidDataException("A row of local messages is damaged.", e);
        }
    }

    private static KeptMessage Message(BinaryReader reader)
    {
        var at = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var isRetained = reader.ReadBoolean();
        var topic = reader.ReadString();
        var length = reader.ReadInt32();
        return length >= 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position
            ? new KeptMessage(at, topic, reader.ReadBytes(length), isRetained)
            : throw new InvalidDataException("A row of local messages ends too early.");
    }
}
