using System.Globalization;

namespace Hub.Gateway.Words;

/// <summary>
/// Instants and durations as a page says them: the site's own zone, always 24 hours, one explicit pattern per
/// language.
/// (A culture's short date is ambiguous: en gives 11/21/2026 6:05 PM.)
/// </summary>
public sealed class Times(Texts texts, TimeZoneInfo zone, DateTimeOffset now)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public DateTimeOffset Now => now;

    public TimeZoneInfo Zone => zone;

    public string Clock(DateTimeOffset at) => Write(at, "HH:mm");

    public string ClockSeconds(DateTimeOffset at) => Write(at, "HH:mm:ss");

    public string Day(DateTimeOffset at) => Write(at, texts["time.day"]);

    /// <summary>The clock time today, with the day before it otherwise.</summary>
    public string Moment(DateTimeOffset at) =>
        Local(at).Date == Local(now).Date ? Clock(at) : $"{Day(at)} {Clock(at)}";

    public string MomentSeconds(DateTimeOffset at) =>
        Local(at).Date == Local(now).Date ? ClockSeconds(at) : $"{Day(at)} {ClockSeconds(at)}";

    public string Full(DateTimeOffset at) => Write(at, "yyyy-MM-dd HH:mm:ss");

    /// <summary>For the <c>datetime</c> attribute and for forms: RFC 3339 with the site's offset.</summary>
    public string Machine(DateTimeOffset at) =>
        Local(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>For <c>datetime-local</c> inputs: the site's wall clock, without an offset.</summary>
    public string Input(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What a <c>datetime-local</c> input meant, on the site's wall clock; null if it can't be
    /// read.</summary>
    public DateTimeOffset? FromInput(string? text)
    {
        if (!DateTime.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var wall) || zone.IsInvalidTime(wall))
        {
            return null;
        }

        return new DateTimeOffset(wall, zone.GetUtcOffset(wall));
    }

    /// <summary>How long ago, in one unit: 3 minutes ago.</summary>
    public string Ago(DateTimeOffset at)
    {
        var ago = now - at;
        return ago < TimeSpan.Zero ? texts["time.ahead", Span(-ago)]
            : ago < Soon ? texts["time.just"]
            : texts["time.ago", Span(ago)];
    }

    /// <summary>A duration in its largest unit.</summary>
    public string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => texts["time.seconds", (int)span.TotalSeconds],
        { TotalMinutes: < 60 } => texts["time.minutes", (int)span.TotalMinutes],
        { TotalHours: < 48 } => texts["time.hours", (int)span.TotalHours],
        _ => texts["time.days", (int)span.TotalDays],
    };

    /// <summary>A running clock's digits: 2:14, 1:02:14, and days before them when there are any.</summary>
    public string Digits(TimeSpan span)
    {
        var clock = span.TotalHours >= 1
            ? $"{span.Hours}:{span.Minutes:00}:{span.Seconds:00}"
            : $"{span.Minutes}:{span.Seconds:00}";
        return span.Days > 0 ? $"{texts["time.days", span.Days]} {clock}" : clock;
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

    private string Write(DateTimeOffset at, string pattern) =>
        Local(at).ToString(pattern, CultureInfo.InvariantCulture);
}
