namespace Hub.Edge.Kiosk;

/// <summary>The lamps of a call button.</summary>
[Flags]
public enum LampColours
{
    None = 0,
    White = 1,
    Amber = 2,
    Green = 4,
    Red = 8,
}
