namespace Hub.Edge.Kiosk;

/// <summary>How a lamp is lit. Never more than three flashes a second (WCAG 2.3.1).</summary>
public enum LampRhythm
{
    Steady,

    /// <summary>Half a hertz: on for a second, off for a second.</summary>
    Breathing,

    /// <summary>Two flashes every two seconds.</summary>
    DoubleBlink,

    /// <summary>Three flashes every two seconds.</summary>
    TripleBlink,
}
