using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Hub.Transport.Messages;

/// <summary>
/// Reads SenML packs (RFC 8428, JSON), one after the other, into buffers of its own that it keeps: in a steady state
/// a pack costs no allocation. Not for two threads at a time; what it gives is valid until the next pack.
/// </summary>
/// <remarks>
/// Our own labels: ep (the outbox's epoch), sq (the first record's sequence number), ct (the clock) and st (what it
/// showed when the pack was made) on the first record; id on any. Unknown labels are ignored, as 4.4 wants, unless they
/// end in '_' and so must be understood.
/// </remarks>
public sealed partial class SenMlReader
{
    public const int RecordsMax = 1_000;
    public const int PackBytesMax = 256 * 1024;

    /// <summary>Of bn + n: without a limit a long bn would be copied a thousand times.</summary>
    public const int NameBytesMax = 255;
    public const int UnitBytesMax = 64;
    public const int EpochBytesMax = 64;
    public const int IdBytesMax = 128;

    private SenMlRecord[] _records = new SenMlRecord[64];
    private byte[] _text = new byte[4096];
    private int _count;
    private int _textLength;
    private long _receivedAtTicks;
    private string? _fault;

    // Base values hold from the record that has them on (4.1).
    private SenMlSlice _baseName;
    private SenMlSlice _baseUnit;
    private decimal _baseTime;
    private double _baseValue;

    private SenMlSlice _epoch;
    private string _epochText = "";

    public ReadOnlySpan<SenMlRecord> Records => _records.AsSpan(0, _count);

    /// <summary>ep, or empty: UTF-8 of the string, or the number as it was written.</summary>
    public ReadOnlySpan<byte> Epoch => HasEpoch ? Text(_epoch) : default;

    /// <summary>
    /// ep as a string, or empty; made when asked for, and the same object as long as the epoch stays the same.
    /// </summary>
    public string EpochText => !HasEpoch ? ""
        : Ascii.Equals(Epoch, _epochText) ? _epochText
        : _epochText = Encoding.UTF8.GetString(Epoch);

    public bool HasEpoch { get; private set; }

    /// <summary>sq: the first record's sequence number, from 1; 0 without.</summary>
    public long Sequence { get; private set; }

    public SenMlClock Clock { get; private set; }

    /// <summary>st: what the clock of the records' times showed when the pack was made; null without.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>The bytes of a record's name, unit, text or id.</summary>
    public ReadOnlySpan<byte> Text(SenMlSlice slice) => _text.AsSpan(slice.Start, slice.Length);

    /// <summary>
    /// Reads a whole pack; false with a sentence that says what is wrong, where, and what to do about it.
    /// </summary>
    /// <param name="pack">The bytes; they aren't needed afterwards.</param>
    /// <param name="receivedAt">What relative times count from, and the time of records without one.</param>
    /// <param name="fault">The sentence; records are counted from 1.</param>
    public bool TryRead(ReadOnlySpan<byte> pack, DateTimeOffset receivedAt, [NotNullWhen(false)] out string? fault)
    {
        Reset(receivedAt);
        try
        {
            var isRead = ReadPack(pack);
            fault = isRead ? null : _fault ?? "the pack can't be read; send a SenML array";
        }
        catch (JsonException e)
        {
            var (line, at) = (e.LineNumber + 1, e.BytePositionInLine + 1);
            fault = $"the pack is no JSON (line {line}, byte {at}); an array is needed";
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to an escaped half of a surrogate pair.
            fault = $"record {_recordNumber}: a text has half a character (\\ud800 to \\udfff) in it; send whole ones";
        }

        if (fault is not null)
        {
            _count = 0;
        }

        return fault is null;
    }

    private void Reset(DateTimeOffset receivedAt)
    {
        (_count, _textLength, _fault) = (0, 0, null);
        _receivedAtTicks = receivedAt.UtcTicks;
        (_baseName, _baseUnit, _baseTime, _baseValue) = (default, default, 0, 0);
        (HasEpoch, Sequence, Clock, SentAt) = (false, 0, SenMlClock.Unstated, null);
        _recordNumber = 0;
    }

    private bool ReadPack(ReadOnlySpan<byte> pack)
    {
        if (pack.Length > PackBytesMax)
        {
            return Fail($"the pack has {pack.Length} bytes, at most {PackBytesMax} are allowed; send smaller packs");
        }

        if (!Utf8.IsValid(pack))
        {
            return Fail("the pack is not well-formed UTF-8; send UTF-8");
        }

        var json = new Utf8JsonReader(pack, isFinalBlock: true, state: default);
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return Fail(json.TokenType == JsonTokenType.StartObject
                ? "the pack is a single object, an array is needed; put the object into [ ]"
                : $"the pack is a {json.TokenType}, an array of records is needed");
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            _recordNumber++;
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return Fail($"record {_recordNumber}: it is a {json.TokenType}, an object is needed");
            }

            if (!ReadRecord(ref json))
            {
                return false;
            }
        }

        // Past the end: anything but white space there is a JsonException.
        json.Read();
        return _recordNumber > 0 || Fail("the pack is an empty array, at least one record is needed");
    }

    private bool Fail(string sentence)
    {
        _fault = sentence;
        return false;
    }

    private SenMlSlice Keep(ref Utf8JsonReader json)
    {
        var room = json.ValueSpan.Length;
        Reserve(room);
        // Unescaped is never longer than escaped.
        var length = json.CopyString(_text.AsSpan(_textLength, room));
        return Claim(length);
    }

    private SenMlSlice Claim(int length)
    {
        var slice = new SenMlSlice(_textLength, length);
        _textLength += length;
        return slice;
    }

    private void Reserve(int room)
    {
        if (_textLength + room > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_textLength + room, _text.Length * 2));
        }
    }

    private void KeepEpoch(SenMlSlice epoch) => (HasEpoch, _epoch) = (true, epoch);
}
