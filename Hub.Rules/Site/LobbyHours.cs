using System.Globalization;

namespace Hub.Rules.Site;

/// <summary>When a butler is at the lobby desk, by the site's clocks. Equal means always.</summary>
public readonly record struct LobbyHours(TimeOnly From, TimeOnly To)
{
    /// <summary>The published service standard: sixteen hours a day.</summary>
    public static readonly LobbyHours Default = new(new TimeOnly(6, 0), new TimeOnly(22, 0));

    private static readonly string[] Formats = ["HH:mm", "H:mm"];

    public bool Covers(TimeOnly time) => From == To || time.IsBetween(From, To);

    /// <summary>Reads <c>06:00-22:00</c>.</summary>
    public static LobbyHours? TryParse(string text)
    {
        var parts = text.Split(['-', '–'], 2, StringSplitOptions.TrimEntries);
        return parts.Length == 2 && TimeOf(parts[0]) is { } from && TimeOf(parts[1]) is { } to
            ? new LobbyHours(from, to)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH\\:mm}-{To:HH\\:mm}");

    // A day ends at 24:00 for people and at 00:00 for TimeOnly.
    private static TimeOnly? TimeOf(string text) =>
        text == "24:00" ? TimeOnly.MinValue
        : TimeOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
        : null;
}
