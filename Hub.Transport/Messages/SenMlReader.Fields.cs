using System.Text.Json;

namespace Hub.Transport.Messages;

// The values of single labels.
public sealed partial class SenMlReader
{
    private bool ReadText(ref Utf8JsonReader json, SenMlLabel label, int bytesMax, out SenMlSlice slice)
    {
        slice = default;
        if (json.TokenType != JsonTokenType.String)
        {
            return Wrong(ref json, label, "a string is needed");
        }

        slice = Keep(ref json);
        return slice.Length <= bytesMax || Wrong(ref json, label, $"at most {bytesMax} bytes are allowed");
    }

    private bool ReadNumber(ref Utf8JsonReader json, SenMlLabel label, out double value)
    {
        value = 0;
        if (json.TokenType != JsonTokenType.Number)
        {
            return Wrong(ref json, label, "a number is needed");
        }

        return (json.TryGetDouble(out value) && double.IsFinite(value))
            || Wrong(ref json, label, "a number of 64 bits is needed");
    }

    private bool ReadSeconds(ref Utf8JsonReader json, SenMlLabel label, out decimal seconds)
    {
        seconds = 0;
        if (json.TokenType != JsonTokenType.Number)
        {
            return Wrong(ref json, label, "a number of seconds is needed");
        }

        // Either alone within ten thousand years, so that their sum can't overflow.
        return (json.TryGetDecimal(out seconds) && decimal.Abs(seconds) < 1e12m)
            || Wrong(ref json, label, "seconds of the years 1 to 9999 are needed");
    }

    private bool ReadBoolean(ref Utf8JsonReader json, out double value)
    {
        value = json.TokenType == JsonTokenType.True ? 1 : 0;
        return json.TokenType is JsonTokenType.True or JsonTokenType.False
            || Wrong(ref json, SenMlLabel.BooleanValue, "true or false is needed");
    }

    private bool ReadVersion(ref Utf8JsonReader json) =>
        (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var version) && version > 0
            && (version & ~KnownVersionBits) == 0)
        || Wrong(ref json, SenMlLabel.BaseVersion, "10 or 26 is needed");

    private bool ReadEpoch(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Number && json.ValueSpan.Length <= EpochBytesMax)
        {
            Reserve(json.ValueSpan.Length);
            json.ValueSpan.CopyTo(_text.AsSpan(_textLength));
            KeepEpoch(Claim(json.ValueSpan.Length));
            return true;
        }

        if (json.TokenType != JsonTokenType.String)
        {
            return Wrong(ref json, SenMlLabel.Epoch, $"a string or number of up to {EpochBytesMax} bytes is needed");
        }

        var epoch = Keep(ref json);
        if (epoch.Length is 0 or > EpochBytesMax)
        {
            return Wrong(ref json, SenMlLabel.Epoch, $"1 to {EpochBytesMax} bytes are needed");
        }

        KeepEpoch(epoch);
        return true;
    }

    private bool ReadSequence(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var sequence)
            || sequence is < 1 or > long.MaxValue - RecordsMax)
        {
            return Wrong(ref json, SenMlLabel.Sequence, "a whole number from 1 is needed");
        }

        Sequence = sequence;
        return true;
    }

    private bool ReadSent(ref Utf8JsonReader json)
    {
        if (!ReadSeconds(ref json, SenMlLabel.Sent, out var seconds))
        {
            return false;
        }

        var isTime = SenMlTime.TryFromUnixSeconds(seconds, out var at);
        SentAt = at;
        return isTime || Wrong(ref json, SenMlLabel.Sent, "seconds of the years 1 to 9999 are needed");
    }

    private bool ReadClock(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            Clock = json.ValueTextEquals("synced"u8) ? SenMlClock.Synced
                : json.ValueTextEquals("estimated"u8) ? SenMlClock.Estimated
                : json.ValueTextEquals("unsynced"u8) ? SenMlClock.Unsynced
                : SenMlClock.Unstated;
        }

        return Clock != SenMlClock.Unstated
            || Wrong(ref json, SenMlLabel.Clock, "synced, estimated or unsynced is needed");
    }
}
