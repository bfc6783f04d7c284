using System.Net;

namespace Hub.Edge.Kiosk;

/// <summary>The lobby's screen.</summary>
public sealed record KioskOptions
{
    public bool IsEnabled { get; init; }

    /// <summary>Where the page is served; loopback, because the browser runs on the same machine.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 8090);

    /// <summary>The lobby's space id, under which the hub tells this screen's state.</summary>
    public string Lobby { get; init; } = "lobby";

    /// <summary>
    /// The edge-local device that a press on the glass is told as; a button line of this device is the same button.
    /// </summary>
    public string Device { get; init; } = "lobby";

    public string Building { get; init; } = "";

    /// <summary>The 24-hour hotline, as people dial it.</summary>
    public string Hotline { get; init; } = "";

    public IReadOnlyList<string> Languages { get; init; } = KioskTexts.Languages;

    public string LanguageDefault { get; init; } = "zh-Hans";

    /// <summary>Pixels per inch of the screen in CSS pixels: sizes are in real millimetres.</summary>
    public double PixelsPerInch { get; init; } = 96;

    /// <summary>The building's time zone (IANA).</summary>
    public string TimeZone { get; init; } = "Asia/Shanghai";

    /// <summary>Host names beside loopback that the page answers to: for a demo behind a proxy.</summary>
    public IReadOnlyList<string> HostsAllowed { get; init; } = [];

    /// <summary>
    /// A browser of this machine shows the page all day, and is looked after: it is told when it doesn't.
    /// </summary>
    public bool IsWatched { get; init; }

    /// <summary>Marks the page as a demo and draws the wall button's lamp on it.</summary>
    public bool IsDemo { get; init; }

    public KioskTimings Timings { get; init; } = new();

    /// <summary>Pages that may listen at once; one more is refused.</summary>
    public int ListenersMax { get; init; } = 16;
}
