using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Journal;

/// <summary>
/// Entries in the journal's encoding (README.md), written one after the other into a rented buffer. Ingest writes
/// readings straight from the wire by <see cref="BeginReadings"/>, without an object in between. Empty again, it holds
/// no buffer.
/// </summary>
public sealed class EntryWriter
{
    private const int BufferBytesMin = 1024;
    private const int EntryBytesMax = (1 << 24) - 1;

    private byte[] _buffer = [];
    private int _length;
    private int _entryAt;
    private int _countAt;
    private int _count;
    private long _lastTicks;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Gives the buffer back.</summary>
    public void Clear()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _length) = ([], 0);
    }

    /// <summary>Takes back everything after that length: an entry that turned out not to be one.</summary>
    public void TruncateTo(int length) => _length = Math.Min(_length, length);

    public void Write(Entry entry)
    {
        switch (entry)
        {
            case Entry.Readings readings:
                BeginReadings(
                    Encoding.UTF8.GetBytes(readings.Source), Encoding.UTF8.GetBytes(readings.Epoch),
                    readings.Sequence, readings.ReceivedAt.UtcTicks);
                foreach (ref readonly var reading in readings.Items.Span)
                {
                    AddReading(
                        reading.Point, reading.AtTicks, reading.Value, reading.Quality,
                        reading.PressId is null ? default : Encoding.UTF8.GetBytes(reading.PressId));
                }

                EndReadings();
                break;
            case Entry.Tick tick:
                Begin(EntryKind.Tick);
                WriteTicks(tick.At);
                End();
                break;
            case Entry.Changed changed:
                Begin(EntryKind.Changed);
                WriteTicks(changed.At);
                WriteText(SiteChangeJson.Write(changed.Change));
                End();
                break;
            case Entry.Presence presence:
                Begin(EntryKind.Presence);
                WriteText(presence.Source);
                WriteByte(presence.IsOnline ? (byte)1 : (byte)0);
                WriteTicks(presence.At);
                End();
                break;
            case Entry.Lost lost:
                WriteLost(
                    Encoding.UTF8.GetBytes(lost.Source), Encoding.UTF8.GetBytes(lost.Epoch), lost.From, lost.Count,
                    lost.IsAhead, lost.Before.UtcTicks);
                break;
            case Entry.SetAside aside:
                Begin(EntryKind.SetAside);
                WriteText(aside.Source);
                WriteText(aside.Topic);
                WriteByte((byte)aside.Kind);
                WriteText(aside.Reason);
                WriteTicks(aside.ReceivedAt);
                WriteBytes(aside.Payload.Span);
                End();
                break;
            default:
                throw new InvalidOperationException($"Unknown entry {entry.GetType().Name}.");
        }
    }

    /// <summary>Begins an <see cref="Entry.Readings"/>; source and epoch are UTF-8.</summary>
    public void BeginReadings(ReadOnlySpan<byte> source, ReadOnlySpan<byte> epoch, long sequence, long receivedAtTicks)
    {
        Begin(EntryKind.Readings);
        WriteBytes(source);
        WriteBytes(epoch);
        WriteSigned(sequence);
        WriteInt64(receivedAtTicks);
        (_countAt, _count, _lastTicks) = (_length, 0, receivedAtTicks);
        Ensure(sizeof(ushort));
        _length += sizeof(ushort);
    }

    /// <summary>Adds one reading; <paramref name="pressId"/> is UTF-8, empty without one.</summary>
    public void AddReading(
        PointNumber point, long atTicks, double value, Quality quality, ReadOnlySpan<byte> pressId)
    {
        if (++_count > ushort.MaxValue)
        {
            throw new InvalidOperationException($"One entry holds at most {ushort.MaxValue} readings.");
        }

        var form = ValueForms.For(value);
        WriteUnsigned((ulong)point.Value);
        var pressBit = pressId.IsEmpty ? 0 : ValueForms.PressIdBit;
        WriteByte((byte)((int)quality | pressBit | ((int)form << ValueForms.FormShift)));
        WriteSigned(atTicks - _lastTicks);
        _lastTicks = atTicks;
        switch (form)
        {
            case ValueForm.Whole:
                WriteSigned((long)value);
                break;
            case ValueForm.Single:
                Ensure(sizeof(float));
                BinaryPrimitives.WriteSingleLittleEndian(_buffer.AsSpan(_length), (float)value);
                _length += sizeof(float);
                break;
            default:
                WriteInt64(BitConverter.DoubleToInt64Bits(value));
                break;
        }

        if (!pressId.IsEmpty)
        {
            WriteBytes(pressId);
        }
    }

    public void EndReadings()
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(_countAt), (ushort)_count);
        End();
    }

    /// <summary>Notes sequence numbers that were received without becoming readings; followers never see it.</summary>
    public void WriteSpent(ReadOnlySpan<byte> source, ReadOnlySpan<byte> epoch, long sequence, int count)
    {
        Begin(EntryKind.Spent);
        WriteBytes(source);
        WriteBytes(epoch);
        WriteSigned(sequence);
        WriteUnsigned((ulong)count);
        End();
    }

    /// <summary>Notes that sequence numbers are missing before those that come next.</summary>
    public void WriteLost(
        ReadOnlySpan<byte> source, ReadOnlySpan<byte> epoch, long from, long count, bool isAhead, long beforeTicks)
    {
        Begin(EntryKind.Lost);
        WriteBytes(source);
        WriteBytes(epoch);
        WriteSigned(from);
        WriteUnsigned((ulong)count);
        WriteByte(isAhead ? (byte)1 : (byte)0);
        WriteInt64(beforeTicks);
        End();
    }

    /// <summary>Notes that a QoS 2 message was taken or released; followers never see it.</summary>
    public void WriteTaken(TakenMessage message)
    {
        Begin(EntryKind.Taken);
        WriteText(message.Client);
        WriteUnsigned(message.PacketId);
        WriteByte(message.IsReleased ? (byte)1 : (byte)0);
        End();
    }

    private void Begin(EntryKind kind)
    {
        _entryAt = _length;
        Ensure(sizeof(uint));
        _buffer[_length] = (byte)kind;
        _length += sizeof(uint);
    }

    private void End()
    {
        var bytes = _length - _entryAt - sizeof(uint);
        if (bytes > EntryBytesMax)
        {
            _length = _entryAt;
            throw new InvalidOperationException($"An entry of {bytes} bytes is beyond {EntryBytesMax}.");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_entryAt), _buffer[_entryAt] | ((uint)bytes << 8));
    }

    private void WriteText(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        WriteUnsigned((ulong)bytes);
        Ensure(bytes);
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteUnsigned((ulong)bytes.Length);
        Ensure(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void WriteTicks(DateTimeOffset at) => WriteInt64(at.UtcTicks);

    private void WriteByte(byte value)
    {
        Ensure(1);
        _buffer[_length++] = value;
    }

    private void WriteInt64(long value)
    {
        Ensure(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(long);
    }

    /// <summary>Zigzag, so that small negative numbers are short too.</summary>
    private void WriteSigned(long value) => WriteUnsigned((ulong)(value << 1) ^ (ulong)(value >> 63));

    private void WriteUnsigned(ulong value)
    {
        Ensure(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    private void Ensure(int more)
    {
        if (_length + more <= _buffer.Length)
        {
            return;
        }

        var bytes = Math.Max(BufferBytesMin, Math.Max(_length + more, _buffer.Length * 2));
        var larger = ArrayPool<byte>.Shared.Rent(bytes);
        Written.CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
