using System.Text.Json.Serialization;
using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Roster;

/// <summary>When somebody works, day by day, on the site's clocks.</summary>
/// <param name="Person">Who.</param>
/// <param name="Grid">Where; empty for the whole site.</param>
/// <param name="Days">On which days it begins: a <see cref="DayPattern"/>.</param>
/// <param name="Hours">From when to when; an end at or before the beginning is the next day's.</param>
/// <param name="Since">The first day, from which a rotation counts.</param>
/// <param name="Until">The last day on which it begins; null for no last one.</param>
public sealed record Shift(
    string Person, string Grid, string Days, LobbyHours Hours, DateOnly Since, DateOnly? Until = null)
{
    [JsonIgnore]
    public DayPattern Pattern { get; } =
        DayPattern.TryParse(Days) ?? throw new ArgumentException($"'{Days}' is no pattern of days.", nameof(Days));

    /// <summary>From and to, where it begins on that day; null where it does not.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? On(DateOnly day, TimeZoneInfo zone)
    {
        if (day < Since || day > Until || !Pattern.Falls(day, Since))
        {
            return null;
        }

        var last = Hours.To > Hours.From ? day : day.AddDays(1);
        var (from, to) = (day.ToDateTime(Hours.From), last.ToDateTime(Hours.To));
        return (WallClock.Instant(from, zone), WallClock.Instant(to, zone));
    }

    /// <summary>The shift that runs then, if one does.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? At(DateTimeOffset at, TimeZoneInfo zone)
    {
        var today = WallClock.DayOf(at, zone);
        // Yesterday's may run past midnight; where clocks are changed at midnight the days beside them count, too.
        for (var day = today.AddDays(-2); day <= today.AddDays(1); day = day.AddDays(1))
        {
            if (On(day, zone) is { } span && span.From <= at && at < span.To)
            {
                return span;
            }
        }

        return null;
    }
}
