using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Journal;

/// <summary>
/// Reads a row's entries. Lists, readings and the names that come again are kept from row to row, so that a follower's
/// garbage is one small object an entry; what a row gave is valid until the next one is read.
/// </summary>
internal sealed class EntryReader
{
    private const int ReadingsPerArrayMin = 256;
    private const int HeadBytes = sizeof(uint);

    private readonly List<Entry> _entries = [];
    private readonly NameCache _names = new();
    private Reading[] _readings = [];
    private int _readingCount;

    /// <exception cref="JournalDamagedException">The bytes are not entries.</exception>
    public IReadOnlyList<Entry> Read(ReadOnlySpan<byte> entries)
    {
        _entries.Clear();
        _readingCount = 0;
        while (!entries.IsEmpty)
        {
            var body = TakeBody(ref entries, out var kind);
            if (ReadEntry(kind, new FieldReader(body)) is { } entry)
            {
                _entries.Add(entry);
            }
        }

        return _entries;
    }

    /// <summary>Only the sequence numbers that a row spends: what duplicate detection needs after a restart.</summary>
    public void ReadSequences(ReadOnlySpan<byte> entries, Action<SpentSequences> take)
    {
        while (!entries.IsEmpty)
        {
            var fields = new FieldReader(TakeBody(ref entries, out var kind));
            if (kind is not (EntryKind.Readings or EntryKind.Spent))
            {
                continue;
            }

            var (source, epoch) = (_names.Get(fields.Bytes()), _names.Get(fields.Bytes()));
            var sequence = fields.Signed();
            if (sequence > 0)
            {
                var (count, at) = kind == EntryKind.Spent ? ((int)fields.Unsigned(), 0) : CountAndFirstAt(ref fields);
                take(new SpentSequences(source, epoch, sequence, count, at));
            }
        }
    }

    /// <summary>Only the QoS 2 messages that a row has taken or released: what sessions need after a restart.</summary>
    public void ReadTaken(ReadOnlySpan<byte> entries, Action<TakenMessage> take)
    {
        while (!entries.IsEmpty)
        {
            var fields = new FieldReader(TakeBody(ref entries, out var kind));
            if (kind == EntryKind.Taken)
            {
                take(new TakenMessage(_names.Get(fields.Bytes()), (ushort)fields.Unsigned(), fields.Byte() != 0));
            }
        }
    }

    private static (int Count, long AtTicks) CountAndFirstAt(ref FieldReader fields)
    {
        var (received, count) = (fields.Instant().UtcTicks, fields.UInt16());
        if (count == 0)
        {
            return (0, 0);
        }

        // The point and the flags of the first reading, then its time.
        _ = fields.Unsigned();
        _ = fields.Byte();
        return (count, received + fields.Signed());
    }

    private static ReadOnlySpan<byte> TakeBody(ref ReadOnlySpan<byte> entries, out EntryKind kind)
    {
        if (entries.Length < HeadBytes)
        {
            throw new JournalDamagedException("An entry ends within its head.");
        }

        var head = BinaryPrimitives.ReadUInt32LittleEndian(entries);
        kind = (EntryKind)(byte)head;
        var length = (int)(head >> 8);
        if (length > entries.Length - HeadBytes)
        {
            throw new JournalDamagedException($"An entry of {length} bytes goes beyond its block.");
        }

        var body = entries.Slice(HeadBytes, length);
        entries = entries[(HeadBytes + length)..];
        return body;
    }

    // A kind that this version doesn't know is passed over: a newer one may have written it.
    private Entry? ReadEntry(EntryKind kind, FieldReader fields) => kind switch
    {
        EntryKind.Readings => ReadReadings(ref fields),
        EntryKind.Tick => new Entry.Tick(fields.Instant()),
        EntryKind.Changed => new Entry.Changed(fields.Instant(), ReadChange(fields.Bytes())),
        EntryKind.Presence => new Entry.Presence(_names.Get(fields.Bytes()), fields.Byte() != 0, fields.Instant()),
        EntryKind.Lost => new Entry.Lost(
            _names.Get(fields.Bytes()), _names.Get(fields.Bytes()), fields.Signed(), (long)fields.Unsigned(),
            fields.Byte() != 0, fields.Instant()),
        EntryKind.SetAside => new Entry.SetAside(
            _names.Get(fields.Bytes()), _names.Get(fields.Bytes()), (SetAsideKind)fields.Byte(),
            Encoding.UTF8.GetString(fields.Bytes()), fields.Instant(), fields.Bytes().ToArray()),
        _ => null,
    };

    private static SiteChange ReadChange(ReadOnlySpan<byte> json)
    {
        try
        {
            return SiteChangeJson.Read(Encoding.UTF8.GetString(json));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new JournalDamagedException($"A site change can't be read: {e.Message}");
        }
    }

    private Entry.Readings ReadReadings(ref FieldReader fields)
    {
        var (source, epoch) = (_names.Get(fields.Bytes()), _names.Get(fields.Bytes()));
        var sequence = fields.Signed();
        var receivedAt = fields.Instant();
        int count = fields.UInt16();
        var items = Rent(count);
        var ticks = receivedAt.UtcTicks;
        for (var i = 0; i < count; i++)
        {
            items.Span[i] = ReadReading(ref fields, ref ticks);
        }

        return new Entry.Readings(source, epoch, sequence, receivedAt, items);
    }

    private static Reading ReadReading(ref FieldReader fields, ref long ticks)
    {
        var point = new PointNumber((int)fields.Unsigned());
        var flags = fields.Byte();
        ticks += fields.Signed();
        var value = (ValueForm)((flags >> ValueForms.FormShift) & ValueForms.FormMask) switch
        {
            ValueForm.Whole => fields.Signed(),
            ValueForm.Single => fields.Single(),
            _ => fields.Double(),
        };
        var press = (flags & ValueForms.PressIdBit) == 0 ? null : Encoding.UTF8.GetString(fields.Bytes());
        return new Reading(point, ticks, value, (Quality)(flags & ValueForms.QualityMask), press);
    }

    private Memory<Reading> Rent(int count)
    {
        if (_readingCount + count > _readings.Length)
        {
            // Entries that were read before keep the old array alive, and are right as they are.
            _readings = new Reading[Math.Max(ReadingsPerArrayMin, Math.Max(count, _readings.Length * 2))];
            _readingCount = 0;
        }

        var items = _readings.AsMemory(_readingCount, count);
        _readingCount += count;
        return items;
    }
}
