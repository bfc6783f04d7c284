using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.Rules.Alarms;

/// <summary>Makes sentences of explanations, in five languages.</summary>
public static partial class Explanations
{
    /// <summary>Before a language: the argument that holds a rule's own template in it.</summary>
    public const string OwnTemplate = "says.";

    private const string Fallback = "en";

    /// <summary>What every explanation has, whatever raised it.</summary>
    private static readonly string[] PlacesOfAll = ["space", "device", "raised"];

    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    private static readonly FrozenDictionary<string, SentenceTexts> Texts =
        new[] { "zh-Hans", "zh-Hant", "en", "ja", "ko" }.ToFrozenDictionary(
            language => language, Read, StringComparer.OrdinalIgnoreCase);

    /// <summary>The languages, as BCP 47 tags.</summary>
    public static IEnumerable<string> Languages => Texts.Keys;

    /// <summary>The sentence.</summary>
    /// <param name="explanation">The key and its arguments.</param>
    /// <param name="language">A BCP 47 tag; zh-CN, zh-TW and their like are understood, an unknown one gets
    /// English.</param>
    /// <param name="zone">The site's zone: dates and times are local.</param>
    public static string Render(Explanation explanation, string language, TimeZoneInfo zone)
    {
        var known = LanguageOf(language);
        var texts = Texts[known];
        return explanation.Arguments.TryGetValue(OwnTemplate + known, out var template)
            || texts.Sentences.TryGetValue(explanation.Key, out template)
            ? Place().Replace(template, place => Fill(place, explanation, texts.Formats, zone))
            : explanation.Key + ": "
                + string.Join(", ", explanation.Arguments.Select(pair => $"{pair.Key} {pair.Value}"));
    }

    /// <summary>What a sentence about that detector's alarms can name.</summary>
    internal static IReadOnlyList<string> PlacesFor(string detector) =>
    [
        .. Texts[Fallback].Sentences
            .Where(pair => pair.Key == detector || pair.Key.StartsWith(detector + '.', StringComparison.Ordinal))
            .SelectMany(pair => PlacesOf(pair.Value)).Concat(PlacesOfAll).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>What a template names.</summary>
    internal static IEnumerable<string> PlacesOf(string template) =>
        Place().Matches(template).Select(place => place.Groups["name"].Value);

    internal static IReadOnlyDictionary<string, string> SentencesOf(string language) => Texts[language].Sentences;

    private static string LanguageOf(string language)
    {
        if (Texts.ContainsKey(language))
        {
            return language;
        }

        var parts = language.ToUpperInvariant().Split('-', '_');
        if (parts[0] == "ZH")
        {
            return parts.Any(part => part is "HANT" or "TW" or "HK" or "MO") ? "zh-Hant" : "zh-Hans";
        }

        return Texts.ContainsKey(parts[0]) ? parts[0] : Fallback;
    }

    private static string Fill(Match place, Explanation explanation, SentenceFormats formats, TimeZoneInfo zone)
    {
        if (!explanation.Arguments.TryGetValue(place.Groups["name"].Value, out var value))
        {
            return "?";
        }

        return place.Groups["format"].Value switch
        {
            "number" => Number(value),
            "hours" => Math.Max(1, Seconds(value) / 3600).ToString(CultureInfo.InvariantCulture),
            "measure" => Measured(value, formats),
            "duration" => Duration(Seconds(value), formats),
            "date" => Date(value, explanation, formats, zone),
            "instant" => TryLocal(value, zone, out var at)
                ? at.ToString(formats.Instant, CultureInfo.InvariantCulture)
                : formats.Unknown,
            _ => value,
        };
    }

    // The five languages write 1,234.5 alike, so no culture is asked: containers often have none.
    private static string Number(string value) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("#,##0.###", CultureInfo.InvariantCulture)
            : value;

    /// <summary>A number with its unit; seconds are told as a duration.</summary>
    private static string Measured(string value, SentenceFormats formats) => value.Split(' ', 2) switch
    {
        [var seconds, "s"] => Duration(Seconds(seconds), formats),
        [var number, var unit] => $"{Number(number)} {unit}",
        _ => Number(value),
    };

    private static long Seconds(string value) =>
        long.TryParse(value, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    /// <summary>The two greatest parts: 3 days 4 hours, 25 minutes.</summary>
    private static string Duration(long seconds, SentenceFormats formats)
    {
        (long Count, string Many, string One)[] parts =
        [
            (seconds / 86400, formats.Day, formats.Day1),
            (seconds / 3600 % 24, formats.Hour, formats.Hour1),
            (seconds / 60 % 60, formats.Minute, formats.Minute1),
            (seconds % 60, formats.Second, formats.Second1),
        ];
        var first = Math.Max(0, Array.FindIndex(parts, part => part.Count > 0));
        var shown = parts.Skip(first).Take(first < 2 ? 2 : 1).Where(part => part.Count > 0).DefaultIfEmpty(parts[3]);
        return string.Join(
            formats.Joint,
            shown.Select(part => part.Count == 1
                ? part.One
                : string.Format(CultureInfo.InvariantCulture, part.Many, part.Count)));
    }

    private static string Date(string value, Explanation explanation, SentenceFormats formats, TimeZoneInfo zone)
    {
        if (!TryLocal(value, zone, out var day))
        {
            return formats.Unknown;
        }

        var isThisYear = !explanation.Arguments.TryGetValue("raised", out var raised)
            || !TryLocal(raised, zone, out var now) || now.Year == day.Year;
        return day.ToString(isThisYear ? formats.Date : formats.DateYear, CultureInfo.InvariantCulture);
    }

    private static bool TryLocal(string value, TimeZoneInfo zone, out DateTimeOffset local)
    {
        var isTime = DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out local) && local.Year > 1;
        local = isTime ? TimeZoneInfo.ConvertTime(local, zone) : default;
        return isTime;
    }

    private static SentenceTexts Read(string language)
    {
        var name = $"Hub.Rules.Alarms.Texts.{language}.json";
        using var stream = typeof(Explanations).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The sentences in {language} are not embedded.");
        return JsonSerializer.Deserialize<SentenceTexts>(stream, Json)
            ?? throw new InvalidOperationException($"The sentences in {language} are empty.");
    }

    [GeneratedRegex(@"\{(?<name>\w+)(:(?<format>\w+))?\}")]
    private static partial Regex Place();
}
