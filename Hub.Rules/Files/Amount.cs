using System.Globalization;

namespace Hub.Rules.Files;

/// <summary>An amount as people write it: <c>4 L/h</c>, <c>0.3 kWh</c>, <c>15min</c>, <c>80 %</c>.</summary>
public static class Amount
{
    /// <summary>
    /// The amount in the <paramref name="kept"/> unit; or null and what is wrong: what may be written instead.
    /// </summary>
    /// <param name="text">Number, then unit; a blank between them is welcome.</param>
    /// <param name="kept">A unit of <see cref="UnitOfMeasure"/> to have it in; empty for a plain number.</param>
    /// <param name="wrong">The limit; empty if nothing is wrong.</param>
    public static double? Parse(string text, string kept, out string wrong)
    {
        var split = NumberLength(text);
        if (!double.TryParse(text.AsSpan(0, split), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number))
        {
            wrong = $"it must be a number{In(kept)}, such as {Example(kept)}";
            return null;
        }

        var name = text[split..].Trim();
        if (UnitOfMeasure.Find(kept) is not { } into)
        {
            wrong = name.Length == 0 || name == kept ? "" : $"it must be a plain number{In(kept)}";
            return wrong.Length == 0 ? number : null;
        }

        if (UnitOfMeasure.Find(name) is not { } unit || !unit.FitsInto(kept))
        {
            var known = string.Join(", ", UnitOfMeasure.NamesFor(kept));
            wrong = name.Length == 0 ? $"it needs a unit: one of {known}" : $"its unit must be one of {known}";
            return null;
        }

        wrong = "";
        return Exact(number, unit.Factor / into.Factor) + unit.Offset;
    }

    /// <summary>The amount as a fault says it: seconds become the unit in which people count that long.</summary>
    public static string Say(double value, string kept)
    {
        var (factor, name) = (kept, value) switch
        {
            ("s", >= 172_800) => (86_400, "d"),
            ("s", >= 7200) => (3600, "h"),
            ("s", >= 120) => (60, "min"),
            _ => (1, kept),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{value / factor:0.######} {name}").TrimEnd();
    }

    // 1 / 1000 has no exact double but 1000 has: 3 × 0.001 is 0.003 only if it is divided.
    private static double Exact(double number, double factor) =>
        factor < 1 ? number / Math.Round(1 / factor, 9) : number * factor;

    private static int NumberLength(string text)
    {
        var i = 0;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] is '.' or '-' or '+' || IsExponent(text, i)))
        {
            i++;
        }

        return i;
    }

    private static bool IsExponent(string text, int i) =>
        text[i] is 'e' or 'E' && i > 0 && i + 1 < text.Length && (char.IsAsciiDigit(text[i + 1]) || text[i + 1] is '-');

    private static string In(string kept) => kept.Length == 0 ? "" : $" in {kept}";

    private static string Example(string kept) => kept switch
    {
        "m3" or "l" => "'1 L' or '10 m3'",
        "l/h" => "'4 L/h' or '10 m3/h'",
        "kWh" => "'0.3 kWh'",
        "W" => "'30 W'",
        "s" => "'15 min' or '72 h'",
        "" => "'3'",
        _ => $"'80 {kept}'",
    };
}
