using System.Globalization;

namespace Hub.Rules.Files;

/// <summary>Days and instants as people write them: <c>2026-11-22</c>, <c>2026-11-22 09:00</c>, RFC 3339.</summary>
public static class InstantText
{
    private static readonly string[] Local = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] WithOffset =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The instant in UTC or null; without an offset it is on the clocks of <paramref name="zone"/>.</summary>
    public static DateTimeOffset? Parse(string text, TimeZoneInfo zone)
    {
        var joined = text.Replace(' ', 'T');
        if (DateTime.TryParseExact(joined, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return WallClock.Instant(local, zone);
        }

        return DateTimeOffset.TryParseExact(
            joined, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
            : null;
    }
}
