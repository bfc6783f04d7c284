using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Rules.Site;

/// <summary>
/// A site change as JSON: the form it has in the journal and in hub.db. Names are only added, never changed: a journal
/// outlives the program that wrote it.
/// </summary>
public static class SiteChangeJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(SiteChange change) => JsonSerializer.Serialize(change, Options);

    /// <exception cref="JsonException">The text is not a site change.</exception>
    public static SiteChange Read(string json) =>
        JsonSerializer.Deserialize<SiteChange>(json, Options)
        ?? throw new JsonException("A site change can't be null.");
}
