using System.Collections.Frozen;
using System.Text.Json;

namespace Hub.Edge.Kiosk;

/// <summary>Every word that the kiosk shows, in five languages, from <c>kiosk-texts.json</c>.</summary>
public static class KioskTexts
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Texts = Load();

    /// <summary>The languages in the order of their buttons.</summary>
    public static readonly IReadOnlyList<string> Languages = ["zh-Hans", "zh-Hant", "en", "ja", "ko"];

    public static bool Has(string language) => Texts.ContainsKey(language);

    /// <summary>The keys of one language.</summary>
    public static IEnumerable<string> Keys(string language) => Texts[language].Keys;

    public static string Of(string language, string key) => Texts[language][key];

    /// <summary>The text with <c>{name}</c> replaced by the value.</summary>
    public static string Of(string language, string key, string name, string value) =>
        Of(language, key).Replace($"{{{name}}}", value, StringComparison.Ordinal);

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        using var stream = typeof(KioskTexts).Assembly.GetManifestResourceStream("kiosk-texts.json")!;
        var texts = JsonSerializer.Deserialize(stream, KioskJson.Default.Texts)!;
        return texts.ToFrozenDictionary(language => language.Key, language => language.Value.ToFrozenDictionary());
    }
}
