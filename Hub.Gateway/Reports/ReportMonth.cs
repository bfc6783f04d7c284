using System.Globalization;
using Hub.Rules.Files;

namespace Hub.Gateway.Reports;

/// <summary>A month on the site's calendar: <c>2026-11</c>. Pure.</summary>
public static class ReportMonth
{
    /// <summary>From its first instant to the first of the next month; null if that is no month.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Read(string text, TimeZoneInfo zone) =>
        DateTime.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            && first.Year is > 2000 and < 9999
            ? (WallClock.Instant(first, zone), WallClock.Instant(first.AddMonths(1), zone))
            : null;

    /// <summary>The month in which that instant is.</summary>
    public static string Of(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
