namespace Hub.Rules.Site;

/// <summary>What the compound is called and how it keeps its hours.</summary>
/// <param name="Id">Readable and stable.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Zone">The zone of its clocks: for display, shifts, calendars and hours of the week.</param>
/// <param name="Hotline">The telephone number on every kiosk; empty without one.</param>
/// <param name="Language">The language shown first: one of <see cref="Languages"/>.</param>
/// <param name="LobbyHours">When a butler is at the lobby desk.</param>
public sealed record SiteInfo(
    string Id, string Name, TimeZoneInfo Zone, string Hotline, string Language, LobbyHours LobbyHours)
{
    /// <summary>The languages the hub speaks.</summary>
    public static readonly IReadOnlyList<string> Languages = ["zh-Hans", "zh-Hant", "en", "ja", "ko"];

    public static readonly SiteInfo Default =
        new("site", "BuildingHub", TimeZoneInfo.Utc, "", "zh-Hans", LobbyHours.Default);
}
