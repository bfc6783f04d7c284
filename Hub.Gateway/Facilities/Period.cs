using System.Globalization;

namespace Hub.Gateway.Facilities;

/// <summary>A stretch of the calendar, as people say it: <c>3 months</c>.</summary>
public sealed record Period(int Count, PeriodUnit Unit)
{
    private const int CountMax = 1_000;

    /// <summary>Null for what is no period.</summary>
    public static Period? Read(string? text)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= CountMax
            && Enum.GetValues<PeriodUnit>().Cast<PeriodUnit?>().FirstOrDefault(unit => IsWord(words[1], $"{unit}"))
                is { } found
            ? new Period(count, found)
            : null;
    }

    /// <summary>
    /// That many periods after a day. Months are counted from that day, so after a short one the 31st comes back.
    /// </summary>
    public DateOnly After(DateOnly day, int times = 1) => Unit switch
    {
        PeriodUnit.Days => day.AddDays(Count * times),
        PeriodUnit.Weeks => day.AddDays(7 * Count * times),
        PeriodUnit.Months => day.AddMonths(Count * times),
        _ => day.AddYears(Count * times),
    };

    /// <summary>How many of the days, one a period from the first on, are no later than that day.</summary>
    public int CountUpTo(DateOnly first, DateOnly day)
    {
        // Never too many, as no month is longer than 31 days; the few that are missing are counted.
        var count = Math.Max(0, (day.DayNumber - first.DayNumber) / (Count * UnitDaysMax));
        while (After(first, count + 1) <= day)
        {
            count++;
        }

        return count;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Count} {$"{Unit}".ToLowerInvariant()[..^(Count == 1 ? 1 : 0)]}");

    private int UnitDaysMax => Unit switch
    {
        PeriodUnit.Days => 1,
        PeriodUnit.Weeks => 7,
        PeriodUnit.Months => 31,
        _ => 366,
    };

    private static bool IsWord(string word, string unit) =>
        word.Equals(unit, StringComparison.OrdinalIgnoreCase)
        || word.Equals(unit[..^1], StringComparison.OrdinalIgnoreCase);
}
