using System.Buffers;
using System.Text.Json;

namespace Hub.Transport.Messages;

/// <summary>
/// Writes SenML packs (RFC 8428, JSON), one after the other: <see cref="Begin"/>, one <see cref="Add"/> a record,
/// <see cref="End"/>. It keeps its buffers; not for two threads at a time. The caller keeps to
/// <see cref="SenMlReader.RecordsMax"/> and, by <see cref="BytesWritten"/>, <see cref="SenMlReader.PackBytesMax"/>.
/// </summary>
public sealed class SenMlWriter : IDisposable
{
    // Secondary units (kWh, l/h) ask for it: RFC 9100, 3.
    private const int Version = 26;

    private static readonly JsonEncodedText BaseVersionLabel = JsonEncodedText.Encode("bver");
    private static readonly JsonEncodedText BaseNameLabel = JsonEncodedText.Encode("bn");
    private static readonly JsonEncodedText BaseTimeLabel = JsonEncodedText.Encode("bt");
    private static readonly JsonEncodedText EpochLabel = JsonEncodedText.Encode("ep");
    private static readonly JsonEncodedText SequenceLabel = JsonEncodedText.Encode("sq");
    private static readonly JsonEncodedText ClockLabel = JsonEncodedText.Encode("ct");
    private static readonly JsonEncodedText SentLabel = JsonEncodedText.Encode("st");
    private static readonly JsonEncodedText NameLabel = JsonEncodedText.Encode("n");
    private static readonly JsonEncodedText UnitLabel = JsonEncodedText.Encode("u");
    private static readonly JsonEncodedText ValueLabel = JsonEncodedText.Encode("v");
    private static readonly JsonEncodedText TextLabel = JsonEncodedText.Encode("vs");
    private static readonly JsonEncodedText TimeLabel = JsonEncodedText.Encode("t");
    private static readonly JsonEncodedText IdLabel = JsonEncodedText.Encode("id");

    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private SenMlHead _head = new();
    private bool _isFirst;

    /// <summary>Of this pack so far, the closing bracket not counted.</summary>
    public long BytesWritten => _json.BytesCommitted + _json.BytesPending;

    /// <summary>Starts a pack; what the head says goes onto its first record.</summary>
    public void Begin(IBufferWriter<byte> output, SenMlHead head)
    {
        _json.Reset(output);
        _head = head;
        _isFirst = true;
        _json.WriteStartArray();
    }

    /// <summary>Adds a number.</summary>
    /// <param name="name">What follows the head's base name: device/signal.</param>
    /// <param name="value">A finite number.</param>
    /// <param name="unit">From the SenML registries, or null.</param>
    /// <param name="at">Later than 4 July 1978: what is before reads as relative to its arrival.</param>
    /// <param name="id">The record's own id, for presses.</param>
    public void Add(string name, double value, string? unit, DateTimeOffset at, string? id = null)
    {
        Start(name, at);
        if (unit is not null)
        {
            _json.WriteString(UnitLabel, unit);
        }

        _json.WriteNumber(ValueLabel, value);
        Finish(id);
    }

    /// <summary>Adds a text.</summary>
    public void AddText(string name, string text, DateTimeOffset at, string? id = null)
    {
        Start(name, at);
        _json.WriteString(TextLabel, text);
        Finish(id);
    }

    /// <summary>Closes the pack; all its bytes are in the output then.</summary>
    public void End()
    {
        _json.WriteEndArray();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void Start(string name, DateTimeOffset at)
    {
        var seconds = SenMlTime.ToUnixSeconds(at);
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, SenMlTime.AbsoluteFromSeconds, nameof(at));
        _json.WriteStartObject();
        if (_isFirst)
        {
            _isFirst = false;
            WriteHead();
        }

        _json.WriteString(NameLabel, name);
        if (_head.BaseAt is { } baseAt)
        {
            seconds -= SenMlTime.ToUnixSeconds(baseAt);
        }

        if (seconds != 0)
        {
            _json.WriteNumber(TimeLabel, seconds);
        }
    }

    private void Finish(string? id)
    {
        if (id is not null)
        {
            _json.WriteString(IdLabel, id);
        }

        _json.WriteEndObject();
    }

    private void WriteHead()
    {
        _json.WriteNumber(BaseVersionLabel, Version);
        if (_head.BaseName.Length > 0)
        {
            _json.WriteString(BaseNameLabel, _head.BaseName);
        }

        if (_head.BaseAt is { } baseAt)
        {
            _json.WriteNumber(BaseTimeLabel, SenMlTime.ToUnixSeconds(baseAt));
        }

        if (_head.Epoch.Length > 0)
        {
            _json.WriteString(EpochLabel, _head.Epoch);
        }

        if (_head.Sequence > 0)
        {
            _json.WriteNumber(SequenceLabel, _head.Sequence);
        }

        if (_head.Clock != SenMlClock.Unstated)
        {
            _json.WriteString(ClockLabel, _head.Clock switch
            {
                SenMlClock.Synced => "synced",
                SenMlClock.Estimated => "estimated",
                _ => "unsynced",
            });
        }

        if (_head.SentAt is { } sentAt)
        {
            _json.WriteNumber(SentLabel, SenMlTime.ToUnixSeconds(sentAt));
        }
    }
}
