using System.Text.Json;
using Hub.Gateway.Adapters;

namespace Hub.Gateway.Fleet;

/// <summary>The labels of an announcement, which readings don't have. Pure.</summary>
internal static class Announcements
{
    public const int CharactersMax = 100;

    private static readonly Dictionary<string, Announcement> None = [];

    /// <summary>By the record's name; none for a pack of readings.</summary>
    /// <param name="pack">A pack that has been read: its JSON is well-formed.</param>
    public static Dictionary<string, Announcement> Read(ReadOnlySpan<byte> pack)
    {
        if (pack.IndexOf("\"dn\""u8) < 0)
        {
            return None;
        }

        var found = new Dictionary<string, Announcement>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(pack);
        using var json = JsonDocument.ParseValue(ref reader);
        try
        {
            foreach (var record in json.RootElement.EnumerateArray())
            {
                if (Name(record) is { } name && Text(record, Packs.NameLabel) is { } said)
                {
                    found[name] = new Announcement(
                        said, Text(record, Packs.ModelLabel) ?? "", Text(record, Packs.ClassLabel) ?? "");
                }
            }
        }
        catch (InvalidOperationException)
        {
            // Half a character, escaped, in a label that readings don't have: what came before it stands.
        }

        return found;
    }

    private static string? Name(JsonElement record) =>
        record.TryGetProperty("n", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private static string? Text(JsonElement record, string label) =>
        record.TryGetProperty(label, out var value) && value.ValueKind == JsonValueKind.String
            ? Cut(value.GetString()!)
            : null;

    private static string Cut(string text) => text.Length <= CharactersMax ? text : text[..CharactersMax];
}
