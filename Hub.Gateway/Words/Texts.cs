using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Hub.Gateway.Words;

/// <summary>
/// Every word a page says, in one language. A page never carries a literal; a missing key shows itself instead of
/// failing the page, and a test keeps that from happening.
/// </summary>
public sealed class Texts
{
    public const string Default = "zh-Hans";

    /// <summary>The five languages of the house, the default first.</summary>
    public static readonly IReadOnlyList<string> Languages = [Default, "zh-Hant", "en", "ja", "ko"];

    private static readonly FrozenDictionary<string, Texts> All =
        Languages.ToFrozenDictionary(language => language, Load, StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, string> _words;

    private Texts(string language, FrozenDictionary<string, string> words) => (Language, _words) = (language, words);

    public string Language { get; }

    public IEnumerable<string> Keys => _words.Keys;

    public string this[string key] => _words.GetValueOrDefault(key, key);

    /// <summary>The sentence with its places filled: <c>{0}</c>, <c>{1}</c> …</summary>
    public string this[string key, params object?[] arguments] =>
        string.Format(CultureInfo.InvariantCulture, this[key], arguments);

    /// <summary>The word for one of a family: <c>state.Called</c>. What has no word here is shown as it is.</summary>
    public string Of(string family, string member) => _words.GetValueOrDefault($"{family}.{member}", member);

    public bool Has(string key) => _words.ContainsKey(key);

    /// <summary>The texts of that language; of the default for one the house does not speak.</summary>
    public static Texts In(string? language) =>
        language is not null && All.TryGetValue(language, out var texts) ? texts : All[Default];

    public static bool Speaks(string? language) => language is not null && All.ContainsKey(language);

    private static Texts Load(string language)
    {
        using var stream = typeof(Texts).Assembly.GetManifestResourceStream($"words:{language}")
            ?? throw new InvalidOperationException($"The texts for {language} are not in the assembly.");
        var words = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
        return new Texts(language, words.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
