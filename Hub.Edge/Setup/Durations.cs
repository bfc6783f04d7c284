using System.Globalization;

namespace Hub.Edge.Setup;

/// <summary>Durations as people write them: <c>500ms</c>, <c>60s</c>, <c>15m</c>, <c>2h</c>.</summary>
internal static class Durations
{
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var digits = text?.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.').Count() ?? 0;
        if (digits is 0 or > 9
            || !double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number))
        {
            return false;
        }

        TimeSpan? unit = text.AsSpan(digits).Trim() switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" or "min" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => null,
        };
        duration = unit * number ?? default;
        return unit is not null;
    }

    /// <summary>In the largest unit of which it is a whole number.</summary>
    public static string Text(TimeSpan duration)
    {
        var (amount, unit) = duration switch
        {
            { TotalHours: >= 1 and var hours } when double.IsInteger(hours) => (hours, "h"),
            { TotalMinutes: >= 1 and var minutes } when double.IsInteger(minutes) => (minutes, "m"),
            _ => (duration.TotalSeconds, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{amount:0.###}{unit}");
    }
}
