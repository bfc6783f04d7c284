using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Rules.Site;

namespace Hub.Gateway.Adapters.HomeAssistant;

/// <summary>
/// A value template in one of the common forms: <c>{{ value }}</c>, <c>{{ value_json.a.b }}</c>,
/// <c>{{ value_json['a'][0] }}</c>, each with <c>| float</c>, <c>| int</c>, <c>| round(1)</c>, <c>| is_defined</c> or
/// <c>| default(…)</c> after it, and with <c>* 10</c> or <c>/ 1000</c>. Other Jinja is not run here.
/// </summary>
internal sealed partial record ValueTemplate(PayloadPath? Path, double Factor)
{
    public static readonly ValueTemplate Whole = new(null, 1);

    private const string JsonName = "value_json";

    /// <summary>Whether it looks into the message as JSON.</summary>
    public bool WantsJson => Path is not null;

    /// <summary>The template; null if it is another form.</summary>
    public static ValueTemplate? TryParse(string? text)
    {
        const int CharactersMax = 200;
        if (string.IsNullOrWhiteSpace(text))
        {
            return Whole;
        }

        if (text.Length > CharactersMax || Form().Match(text) is not { Success: true } form)
        {
            return null;
        }

        var factor = 1.0;
        if (form.Groups["by"].Success)
        {
            if (JsonPayload.Number(form.Groups["by"].Value) is not { } by || by == 0)
            {
                return null;
            }

            factor = form.Groups["op"].Value == "*" ? by : 1 / by;
        }

        var source = form.Groups["source"].Value;
        if (source == "value")
        {
            return new ValueTemplate(null, factor);
        }

        return PayloadPath.TryParse($"${source[JsonName.Length..]}", out _) is { } path
            ? new ValueTemplate(path, factor)
            : null;
    }

    public double? Number(string plain, JsonElement? json)
    {
        var number = Path is null ? JsonPayload.Number(plain)
            : json is { } root && Path.Find(root) is { } found ? JsonPayload.Number(found)
            : null;
        return number * Factor;
    }

    /// <summary>What the template gives as a word, true and false in small letters.</summary>
    public string? Text(string plain, JsonElement? json)
    {
        if (Path is null)
        {
            return plain;
        }

        return json is { } root && Path.Find(root) is { } found
            ? found.ValueKind switch
            {
                JsonValueKind.String => found.GetString(),
                JsonValueKind.Number => Word(found.GetDouble()),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            }
            : null;
    }

    public static string Word(double number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """
        ^\s*\{\{-?\s*\(?\s*
        (?<source>value|value_json(\.[A-Za-z0-9_]+|\[[0-9]{1,4}\]|\['[^'\]]{1,60}'\]|\["[^"\]]{1,60}"\])+)\s*
        (\|\s*(float|int|is_defined|default|round)\s*(\([^()]{0,20}\))?\s*)*\)?\s*
        ((?<op>[*/])\s*(?<by>[0-9.]{1,12})\s*\)?\s*)?
        (\|\s*(float|int|round)\s*(\([^()]{0,20}\))?\s*)*-?\}\}\s*$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
