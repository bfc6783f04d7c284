using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hub.Transport.Messages;

// One record: its labels in whatever order they come, then resolved against the base values.
public sealed partial class SenMlReader
{
    private const int ShownCharactersMax = 40;

    // RFC 8428, 4.5.1, without which a name could not be part of a URI, a topic or a metric.
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-:./_"u8);

    // As 10: the format's version. 26 says that secondary units such as kWh and l/h are used (RFC 9100, 2 and 3).
    private const long KnownVersionBits = 26;

    private int _recordNumber;

    private struct Raw
    {
        public uint Seen;
        public SenMlSlice Name;
        public SenMlSlice Unit;
        public SenMlSlice Text;
        public SenMlSlice Id;
        public double Value;
        public decimal Time;

        public readonly bool Has(SenMlLabel label) => (Seen & (1u << (int)label)) != 0;
    }

    private bool ReadRecord(ref Utf8JsonReader json)
    {
        var raw = default(Raw);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (!TryFindLabel(ref json, out var label))
            {
                return false;
            }

            json.Read();
            if (label == SenMlLabel.Unknown)
            {
                json.Skip();
                continue;
            }

            if (raw.Has(label))
            {
                return Fail($"record {_recordNumber}: {SenMlLabels.NameOf(label)} comes twice; send it once");
            }

            raw.Seen |= 1u << (int)label;
            if (!ReadField(ref json, label, ref raw))
            {
                return false;
            }
        }

        return Resolve(in raw);
    }

    private bool TryFindLabel(ref Utf8JsonReader json, out SenMlLabel label)
    {
        var name = json.ValueSpan;
        if (json.ValueIsEscaped)
        {
            // Rare enough to be kept like any other text.
            name = Text(Keep(ref json));
        }

        label = SenMlLabels.Find(name);
        if (label == SenMlLabel.Unknown && name.EndsWith((byte)'_'))
        {
            return Fail($"record {_recordNumber}: {Shown(name)} must be understood, and isn't here; leave it out");
        }

        return true;
    }

    private bool ReadField(ref Utf8JsonReader json, SenMlLabel label, ref Raw raw)
    {
        switch (label)
        {
            case SenMlLabel.BaseName:
                return ReadText(ref json, label, NameBytesMax, out _baseName);
            case SenMlLabel.BaseUnit:
                return ReadText(ref json, label, UnitBytesMax, out _baseUnit);
            case SenMlLabel.BaseTime:
                return ReadSeconds(ref json, label, out _baseTime);
            case SenMlLabel.BaseValue:
                return ReadNumber(ref json, label, out _baseValue);
            case SenMlLabel.BaseVersion:
                return ReadVersion(ref json);
            case SenMlLabel.Name:
                return ReadText(ref json, label, NameBytesMax, out raw.Name);
            case SenMlLabel.Unit:
                return ReadText(ref json, label, UnitBytesMax, out raw.Unit);
            case SenMlLabel.Value:
                return ReadNumber(ref json, label, out raw.Value);
            case SenMlLabel.BooleanValue:
                return ReadBoolean(ref json, out raw.Value);
            case SenMlLabel.TextValue:
                return ReadText(ref json, label, PackBytesMax, out raw.Text);
            case SenMlLabel.DataValue:
                return json.TokenType == JsonTokenType.String || Wrong(ref json, label, "a string is needed");
            case SenMlLabel.Time:
                return ReadSeconds(ref json, label, out raw.Time);
            case SenMlLabel.Id:
                return ReadText(ref json, label, IdBytesMax, out raw.Id);
            case SenMlLabel.Epoch:
                return IsOnFirst(label) && ReadEpoch(ref json);
            case SenMlLabel.Sequence:
                return IsOnFirst(label) && ReadSequence(ref json);
            case SenMlLabel.Clock:
                return IsOnFirst(label) && ReadClock(ref json);
            case SenMlLabel.Sent:
                return IsOnFirst(label) && ReadSent(ref json);
            default:
                // bs, s and ut: sums and update times say nothing that is used here, but they must be numbers.
                return ReadNumber(ref json, label, out _);
        }
    }

    // 4.2: a name, one value unless there is a sum, and the base values worked in.
    private bool Resolve(in Raw raw)
    {
        var values = Count(raw, SenMlLabel.Value) + Count(raw, SenMlLabel.BooleanValue)
            + Count(raw, SenMlLabel.TextValue) + Count(raw, SenMlLabel.DataValue);
        if (values > 1)
        {
            return Fail($"record {_recordNumber}: it has {values} values; send one of v, vb, vs and vd");
        }

        if (values == 0 && !raw.Has(SenMlLabel.Sum))
        {
            // Some senders put the base values into a record of their own. With a name, a value was meant.
            return !raw.Has(SenMlLabel.Name)
                || Fail($"record {_recordNumber}: it has no value; send one of v, vb and vs");
        }

        if (_count == RecordsMax)
        {
            return Fail($"the pack has more than {RecordsMax} records; send smaller packs");
        }

        if (!TryJoinName(raw.Name, out var name))
        {
            return false;
        }

        if (!SenMlTime.TryResolve(_baseTime + raw.Time, _receivedAtTicks, out var atTicks))
        {
            return Fail(
                $"record {_recordNumber}: bt + t is {_baseTime + raw.Time}, seconds of the years 1 to 9999 are needed");
        }

        var isNumber = raw.Has(SenMlLabel.Value);
        var value = isNumber ? raw.Value + _baseValue : raw.Value;
        if (!double.IsFinite(value))
        {
            return Fail($"record {_recordNumber}: v + bv is too large for a number of 64 bits");
        }

        if (_count == _records.Length)
        {
            Array.Resize(ref _records, Math.Min(_records.Length * 2, RecordsMax));
        }

        _records[_count++] = new SenMlRecord(
            name, raw.Has(SenMlLabel.Unit) ? raw.Unit : _baseUnit, raw.Text, raw.Id, value,
            isNumber || raw.Has(SenMlLabel.BooleanValue), atTicks);
        return true;
    }

    private static int Count(in Raw raw, SenMlLabel label) => raw.Has(label) ? 1 : 0;

    private bool TryJoinName(SenMlSlice own, out SenMlSlice name)
    {
        name = default;
        var length = _baseName.Length + own.Length;
        if (length is 0 or > NameBytesMax)
        {
            return Fail(length == 0
                ? $"record {_recordNumber}: it has no name; send n, or bn before it"
                : $"record {_recordNumber}: bn + n has {length} bytes, at most {NameBytesMax} are allowed");
        }

        Reserve(length);
        Text(_baseName).CopyTo(_text.AsSpan(_textLength));
        Text(own).CopyTo(_text.AsSpan(_textLength + _baseName.Length));
        name = Claim(length);
        var bytes = Text(name);
        if (bytes.ContainsAnyExcept(NameBytes) || !char.IsAsciiLetterOrDigit((char)bytes[0]))
        {
            return Fail(
                $"record {_recordNumber}: bn + n is {Shown(bytes)}; a letter or digit, then only those and - : . / _"
                + " are allowed");
        }

        return true;
    }

    private bool IsOnFirst(SenMlLabel label) => _recordNumber == 1
        || Fail($"record {_recordNumber}: {SenMlLabels.NameOf(label)} belongs on the first record alone");

    private bool Wrong(ref Utf8JsonReader json, SenMlLabel label, string need) =>
        Fail($"record {_recordNumber}: {SenMlLabels.NameOf(label)} is {Shown(ref json)}, {need}");

    private static string Shown(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => Shown(json.ValueSpan),
        _ => Cut(json.ValueSpan),
    };

    private static string Shown(ReadOnlySpan<byte> text) => $"\"{Cut(text)}\"";

    private static string Cut(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Length <= ShownCharactersMax
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text[..ShownCharactersMax]}… ({bytes.Length} bytes)");
    }
}
