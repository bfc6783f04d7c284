using System.Collections.Immutable;

namespace Hub.Gateway.Roster;

/// <summary>
/// Which days a shift falls on: days of the week (<c>daily</c>, <c>mon-fri</c>, <c>sat sun</c>), or a rotation that
/// begins on the shift's first day (<c>xx--</c>: two on, two off).
/// </summary>
public sealed class DayPattern
{
    /// <summary>Eight weeks: the longest rotation.</summary>
    public const int CycleDaysMax = 56;

    private static readonly string[] Week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private readonly ImmutableArray<bool> _days;

    private DayPattern(ImmutableArray<bool> days, bool isRotation) => (_days, IsRotation) = (days, isRotation);

    /// <summary>It counts from the shift's first day, and not by the week.</summary>
    public bool IsRotation { get; }

    /// <summary>Whether the shift begins on that day.</summary>
    public bool Falls(DateOnly day, DateOnly since)
    {
        var count = IsRotation ? day.DayNumber - since.DayNumber : ((int)day.DayOfWeek + 6) % 7;
        return _days[((count % _days.Length) + _days.Length) % _days.Length];
    }

    /// <summary>The pattern that is written there, or null.</summary>
    public static DayPattern? TryParse(string text)
    {
        if (text.Length is > 0 and <= CycleDaysMax && text.All(letter => letter is 'x' or 'X' or '-'))
        {
            return text.Trim('-').Length == 0
                ? null
                : new DayPattern([.. text.Select(letter => letter != '-')], isRotation: true);
        }

        var days = new bool[Week.Length];
        foreach (var word in text.ToLowerInvariant().Split([' ', ',', '+'], StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = word == "daily" ? ["mon", "sun"] : word.Split('-');
            var (first, last) = (Array.IndexOf(Week, ends[0]), Array.IndexOf(Week, ends[^1]));
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                return null;
            }

            // From Saturday to Monday is three days.
            for (var day = first; ; day = (day + 1) % Week.Length)
            {
                days[day] = true;
                if (day == last)
                {
                    break;
                }
            }
        }

        return days.Contains(true) ? new DayPattern([.. days], isRotation: false) : null;
    }
}
