using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hub.Rules.Files;

/// <summary>The pieces that the JSON Schemas of our files are made of.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(JsonObject schema) => schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";

    public static JsonObject Root(string title, JsonObject map)
    {
        map.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        map.Insert(1, "title", title);
        return map;
    }

    public static JsonObject Map(string meaning, string[] required, params (string Key, JsonObject Value)[] properties)
    {
        var map = Said("object", meaning);
        map["additionalProperties"] = false;
        if (required.Length > 0)
        {
            map["required"] = new JsonArray([.. required.Select(key => JsonValue.Create(key))]);
        }

        map["properties"] = new JsonObject(
            properties.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return map;
    }

    public static JsonObject AnyMap(string meaning) => Said("object", meaning);

    public static JsonObject List(string meaning, JsonObject item)
    {
        var list = Said("array", meaning);
        list["items"] = item;
        return list;
    }

    public static JsonObject Text(string meaning) => Said("string", meaning);

    public static JsonObject Id(string meaning) => Matching(meaning, "^[A-Za-z0-9][A-Za-z0-9._-]*$");

    public static JsonObject Flag(string meaning) => Said("boolean", meaning);

    public static JsonObject Whole(string meaning, int min)
    {
        var whole = Said("integer", meaning);
        whole["minimum"] = min;
        return whole;
    }

    public static JsonObject Words(string meaning, IEnumerable<string> words)
    {
        var schema = Said("string", meaning);
        schema["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
        return schema;
    }

    /// <summary>A number with one of the units that fit; a plain number where there is none.</summary>
    public static JsonObject Amount(string meaning, string unit)
    {
        var names = UnitOfMeasure.NamesFor(unit).ToList();
        return names.Count == 0
            ? Said("number", meaning)
            : Matching(meaning, string.Create(
                CultureInfo.InvariantCulture, $"^[-+]?[0-9.]+ ?({string.Join('|', names.Select(Regex.Escape))})$"));
    }

    public static JsonObject Matching(string meaning, string pattern)
    {
        var text = Said("string", meaning);
        text["pattern"] = pattern;
        return text;
    }

    private static JsonObject Said(string type, string meaning)
    {
        var schema = new JsonObject { ["type"] = type };
        if (meaning.Length > 0)
        {
            schema["description"] = meaning;
        }

        return schema;
    }
}
