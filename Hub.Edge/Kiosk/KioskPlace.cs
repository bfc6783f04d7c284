namespace Hub.Edge.Kiosk;

/// <summary>Where the kiosk stands: all that its screen ever says of the place.</summary>
public sealed record KioskPlace(
    string Building, string Hotline, IReadOnlyList<string> Languages, string LanguageDefault);
