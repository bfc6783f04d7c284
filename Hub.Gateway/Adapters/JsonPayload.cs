using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Hub.Gateway.Adapters;

/// <summary>
/// JSON from strangers. What is read here holds afterwards: it is UTF-8, no deeper and no larger than the limits, and
/// each of its texts is whole, so that no later look at it can fail.
/// </summary>
internal static class JsonPayload
{
    /// <summary>The document, or null with the refusal noted. Whoever gets it disposes of it.</summary>
    public static JsonDocument? Read(ReadOnlySpan<byte> payload, Decoded into)
    {
        var options = into.Options;
        if (!Utf8.IsValid(payload))
        {
            into.Refuse("The payload is not well-formed UTF-8; JSON is wanted here.");
            return null;
        }

        var limits = new JsonReaderOptions { MaxDepth = options.DepthMax };
        try
        {
            var scan = new Utf8JsonReader(payload, limits);
            if (!AreTextsWhole(ref scan, options.NodesMax))
            {
                into.Refuse(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The payload has more than {options.NodesMax} values; send smaller messages."));
                return null;
            }

            var reader = new Utf8JsonReader(payload, limits);
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException e)
        {
            into.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"The payload is no JSON of at most {options.DepthMax} levels (line {e.LineNumber + 1}, byte "
                + $"{e.BytePositionInLine + 1})."));
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to an escaped half of a surrogate pair.
            into.Refuse("A text of the payload has half a character (\\ud800 to \\udfff) in it; send whole ones.");
        }

        return null;
    }

    /// <summary>The object, or null with the refusal noted.</summary>
    public static JsonDocument? ReadObject(ReadOnlySpan<byte> payload, Decoded into)
    {
        var json = Read(payload, into);
        if (json is null || json.RootElement.ValueKind == JsonValueKind.Object)
        {
            return json;
        }

        into.Refuse($"The payload is a JSON {json.RootElement.ValueKind}; an object is wanted here.");
        json.Dispose();
        return null;
    }

    /// <summary>What stands there if it is a number, true, false, or a number written as text.</summary>
    public static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => Number(value.GetString()!),
        _ => null,
    };

    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>A plain payload as text: no longer than a number or a word is.</summary>
    public static string Plain(ReadOnlySpan<byte> payload)
    {
        const int BytesMax = 64;
        return payload.Length <= BytesMax && Utf8.IsValid(payload) ? Encoding.UTF8.GetString(payload).Trim() : "";
    }

    public static double? Number(JsonElement map, string key) =>
        map.ValueKind == JsonValueKind.Object && map.TryGetProperty(key, out var value) ? Number(value) : null;

    public static string? Text(JsonElement map, string key) =>
        map.ValueKind == JsonValueKind.Object && map.TryGetProperty(key, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static JsonElement? Map(JsonElement map, string key) => Part(map, key, JsonValueKind.Object);

    public static JsonElement? List(JsonElement map, string key) => Part(map, key, JsonValueKind.Array);

    /// <summary>Seconds, or thousandths of them, since 1970: which, says the size.</summary>
    public static DateTimeOffset? UnixTime(double? number)
    {
        const double MillisecondsFrom = 1e11;
        const double SecondsMax = 2.5e11;
        var seconds = number >= MillisecondsFrom ? number / 1000 : number;
        return seconds is > 0 and < SecondsMax
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds.Value * TimeSpan.TicksPerSecond))
            : null;
    }

    /// <summary>
    /// A time with its offset, or a number since 1970. A local time without an offset is nobody's time: null.
    /// </summary>
    public static DateTimeOffset? Time(JsonElement? value)
    {
        if (value is not { } sent)
        {
            return null;
        }

        if (sent.ValueKind == JsonValueKind.Number)
        {
            return UnixTime(Number(sent));
        }

        var text = sent.ValueKind == JsonValueKind.String ? sent.GetString()! : "";
        var hasOffset = text.Length > 19 && (text[^1] is 'Z' or 'z' || text.AsSpan(19).IndexOfAny('+', '-') >= 0);
        // A leap second is the last moment of the minute that it belongs to.
        return hasOffset && DateTimeOffset.TryParse(
            text.Replace(":59:60", ":59:59.999", StringComparison.Ordinal), CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;
    }

    private static JsonElement? Part(JsonElement map, string key, JsonValueKind kind) =>
        map.ValueKind == JsonValueKind.Object && map.TryGetProperty(key, out var value) && value.ValueKind == kind
            ? value
            : null;

    private static bool AreTextsWhole(ref Utf8JsonReader scan, int nodesMax)
    {
        var nodes = 0;
        while (scan.Read())
        {
            if (++nodes > nodesMax)
            {
                return false;
            }

            if (scan.ValueIsEscaped)
            {
                scan.GetString();
            }
        }

        return true;
    }
}
