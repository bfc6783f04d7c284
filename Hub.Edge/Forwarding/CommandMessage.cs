using System.Text.Json;
using Hub.Edge.Kiosk;
using Hub.Transport.Messages;

namespace Hub.Edge.Forwarding;

/// <summary>
/// The JSON of a command and of its answer.
/// <code>
///   {"id":"c1","do":"lamp","device":"lobby","colours":["amber"],"seconds":10,"expires":1767600000}
///   {"id":"c1","ok":false,"why":"expired"}
/// </code>
/// <c>do</c> is lamp, buzzer, identify, ping, or resend of <c>epoch</c>, <c>from</c> and <c>to</c>;
/// device defaults to the kiosk's, seconds to 5.
/// </summary>
public static class CommandMessage
{
    public const int BytesMax = 4 << 10;
    public const int IdCharactersMax = 128;
    private const double SecondsMax = 600;

    /// <summary>Reads a command; null with the reason, and the id if there is one to answer to.</summary>
    public static EdgeCommand? Read(ReadOnlySpan<byte> json, string deviceDefault, out string? id, out string? fault)
    {
        (id, fault) = (null, null);
        if (json.Length > BytesMax)
        {
            fault = $"longer than {BytesMax} bytes";
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement, deviceDefault, ref id, ref fault);
        }
        catch (JsonException)
        {
            fault = "not readable as JSON";
            return null;
        }
    }

    public static byte[] Answer(string id, string? fault) =>
        new AnswerMessage(id, fault is null, fault).ToJson();

    private static EdgeCommand? Read(JsonElement root, string deviceDefault, ref string? id, ref string? fault)
    {
        if (Text(root, "id") is not { Length: > 0 and <= IdCharactersMax } given)
        {
            fault = "no id";
            return null;
        }

        id = given;
        var expires = Number(root, "expires") is { } unix and > 0 and < 253_402_300_799
            ? DateTimeOffset.UnixEpoch.AddSeconds(unix)
            : (DateTimeOffset?)null;
        var time = TimeSpan.FromSeconds(Math.Clamp(Number(root, "seconds") ?? 5, 0, SecondsMax));
        var device = Text(root, "device") ?? deviceDefault;
        EdgeCommand? command = Text(root, "do") switch
        {
            "lamp" => new EdgeCommand.Lamp(given, expires, device, Colours(root), time),
            "buzzer" => new EdgeCommand.Buzzer(given, expires, device, time),
            "identify" => new EdgeCommand.Identify(given, expires, time),
            "ping" => new EdgeCommand.Ping(given, expires),
            "resend" when Whole(root, "epoch") is { } epoch && Whole(root, "from") is { } from
                && Whole(root, "to") is { } to => new EdgeCommand.Resend(given, expires, epoch, from, to),
            _ => null,
        };
        fault = command is null
            ? "unknown command: there are lamp, buzzer, identify, ping, and resend of epoch, from, to" : null;
        return command;
    }

    private static LampColours Colours(JsonElement root)
    {
        var colours = LampColours.None;
        if (root.TryGetProperty("colours", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String))
            {
                colours |= Enum.TryParse<LampColours>(item.GetString(), ignoreCase: true, out var colour) ? colour : 0;
            }
        }

        return colours;
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static long? Whole(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number)
            ? number
            : null;

    private static double? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number)
            ? number
            : null;
}
