namespace Hub.Rules.Files;

/// <summary>
/// From what the clock on the wall shows to the instant: one function for the end of a shift or a month and for the
/// beginning of the next, so that in no night of the year is there a hole between them, nor two at once. What the
/// clocks skip is the instant at which they do; what they show twice is its first time.
/// </summary>
public static class WallClock
{
    public static DateTimeOffset Instant(DateTime wall, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
