using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Hub.Edge.Kiosk;

/// <summary>
/// Renders a view. Pure: the same view, look and minute give the same markup, but for the press token.
/// </summary>
public sealed class KioskMarkup(KioskPlace place, TimeZoneInfo zone, bool isDemo)
{
    public KioskPieces Render(KioskView view, KioskLook look, DateTimeOffset? clock, string token) => new(
        view.Face.ToString(), Top(look, clock), Message(view, look), Controls(view, look, token), Bottom(view, look));

    public string Page(KioskView view, KioskLook look, DateTimeOffset? clock, string token)
    {
        var pieces = Render(view, look, clock, token);
        var classes = $"{(look.IsLarge ? "large " : "")}{(look.IsHighContrast ? "high" : "")}".Trim();
        return $"""
            <!doctype html>
            <html lang="{look.Language}" class="{classes}" data-theme="light">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Text(look, "page.title")}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/kiosk/sizes.css">
            <link rel="stylesheet" href="/kiosk/kiosk.css">
            <script type="module" src="/kiosk/kiosk.js"></script>
            <noscript><meta http-equiv="refresh" content="10"></noscript>
            </head>
            <body data-face="{pieces.Face}" data-live="/kiosk/live{Html(look.Query)}" data-home="/kiosk">
            {(isDemo ? $"<p class=\"demo\">{Text(look, "demo.banner")}</p>" : "")}
            <header id="top">{pieces.Top}</header>
            <main>
            <section id="message" role="status" aria-live="polite">{pieces.Message}</section>
            <p id="notlive" class="banner" hidden>{Text(look, "notlive.banner")}</p>
            <section id="controls">{pieces.Controls}</section>
            </main>
            <footer id="bottom">{pieces.Bottom}</footer>
            </body>
            </html>
            """;
    }

    private string Top(KioskLook look, DateTimeOffset? clock) =>
        (clock is { } now ? $"<span class=\"num clock\">{Clock(now)}</span>" : "")
        + $"<span class=\"building\">{Html(place.Building)}</span>"
        + $"<span class=\"num hotline\">{Phone(look, "home.hotline")}</span>";

    private string Message(KioskView view, KioskLook look)
    {
        var (title, sub) = Words(view, look);
        var page = new StringBuilder(Pictogram(view.Face, look));
        page.Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1><p class=\"sub num\">{sub}</p>");
        if (view.Face is KioskFace.Late)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"urgent num\">{Phone(look, "hotline.urgent")}</p>");
        }

        var banner = view.Face is KioskFace.Offline or KioskFace.Error ? null
            : view.Face is KioskFace.Home && view.HasUnsent ? "unsent.banner"
            : view.IsLinked ? null : "offline.banner";
        return banner is null
            ? page.ToString()
            : page.Append(CultureInfo.InvariantCulture,
                $"<p class=\"banner num\">{Phone(look, banner)}</p>").ToString();
    }

    private (string Title, string Sub) Words(KioskView view, KioskLook look) => view.Face switch
    {
        KioskFace.Calling when view.IsUndecided => (Text(look, "calling.title"), Text(look, "calling.undecided")),
        KioskFace.Calling when view.HasUnsent =>
            (Text(look, "calling.title"), Timed(look, "calling.unsent", view.PressedAt)),
        KioskFace.Calling => (Text(look, "calling.title"), Timed(look, "calling.sub", view.PressedAt)),
        KioskFace.AlreadyCalling => (Text(look, "already.title"), Text(look, "already.sub")),
        KioskFace.Acknowledged => (Text(look, "ack.title"), view.PromisedAt is { } promised
            ? With(look, "ack.sub", "time", Clock(promised))
            : Text(look, "ack.soon")),
        KioskFace.Late => (Text(look, "late.title"), Text(look, "late.sub")),
        KioskFace.Arrived => (Text(look, "arrived.title"), ""),
        KioskFace.Offline => (Text(look, "offline.title"), Phone(look, "offline.sub")),
        KioskFace.Error => (Text(look, "error.title"), Phone(look, "error.sub")),
        KioskFace.Cancelled => (Text(look, "cancelled.title"), Text(look, "cancelled.sub")),
        _ => (Text(look, "home.title"), Text(look, "home.sub")),
    };

    private static string Controls(KioskView view, KioskLook look, string token)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <form method="post" action="/kiosk/press{Html(look.Query)}">
            <input type="hidden" name="token" value="{token}">
            <button id="call" class="call">{Text(look, "home.cta")}</button>
            </form>
            """);
        if (view.CallId is { } id)
        {
            page.Append(CultureInfo.InvariantCulture, $"""
                <form method="post" action="/kiosk/cancel{Html(look.Query)}">
                <input type="hidden" name="call" value="{Html(id)}">
                <button id="cancel" class="cancel">{Text(look, "calling.cancel")}</button>
                </form>
                """);
        }
        else
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"promise\">{Text(look, "home.promise")}</p>");
        }

        return page.ToString();
    }

    private string Bottom(KioskView view, KioskLook look)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture,
            $"<nav class=\"langs\" aria-label=\"{Text(look, "nav.languages")}\">");
        foreach (var language in place.Languages)
        {
            var link = look with { Language = language };
            page.Append(CultureInfo.InvariantCulture,
                $"<a id=\"lang-{language}\" lang=\"{language}\" href=\"/kiosk{Html(link.Query)}\"");
            page.Append(CultureInfo.InvariantCulture, $"{Current(language == look.Language)}>");
            page.Append(CultureInfo.InvariantCulture, $"{Html(KioskTexts.Of(language, "lang"))}</a>");
        }

        page.Append(CultureInfo.InvariantCulture,
            $"</nav><nav class=\"view\" aria-label=\"{Text(look, "nav.view")}\">");
        page.Append(Toggle(look, "large", "a11y.large", look with { IsLarge = !look.IsLarge }, look.IsLarge));
        page.Append(Toggle(
            look, "contrast", "a11y.contrast", look with { IsHighContrast = !look.IsHighContrast },
            look.IsHighContrast));
        page.Append("</nav>");
        return isDemo
            ? page.Append(Lamp(LampPattern.Of(view), look)).ToString()
            : page.Append(CultureInfo.InvariantCulture, $"<p class=\"privacy\">{Text(look, "privacy")}</p>").ToString();
    }

    private static string Toggle(KioskLook look, string id, string key, KioskLook link, bool isOn) =>
        $"<a id=\"{id}\" href=\"/kiosk{Html(link.Query)}\"{Current(isOn)}>{Text(look, key)}</a>";

    private static string Current(bool isCurrent) => isCurrent ? " aria-current=\"true\"" : "";

    /// <summary>The wall button's lamp, drawn, where there is no wall.</summary>
    private static string Lamp(LampPattern pattern, KioskLook look)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture,
            $"<svg class=\"lamp {pattern.Rhythm}\" viewBox=\"0 0 48 24\" {Label(look, "lamp.picture")}>");
        LampColours[] lit = [.. new[] { LampColours.White, LampColours.Amber, LampColours.Green, LampColours.Red }
            .Where(colour => (pattern.Colours & colour) != 0)];
        for (var i = 0; i < lit.Length; i++)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<circle class=\"{lit[i]}\" cx=\"{12 + 24 * i}\" cy=\"12\" r=\"9\"/>");
        }

        return page.Append("</svg>").ToString();
    }

    /// <summary>
    /// Never colour alone: a bell for a call that is placed, a speech bubble for one that is answered.
    /// </summary>
    private static string Pictogram(KioskFace face, KioskLook look)
    {
        const string Bell = "M12 3a6 6 0 0 0-6 6v5l-2 3h16l-2-3V9a6 6 0 0 0-6-6zm-2 15a2 2 0 0 0 4 0";
        const string Bubble = "M4 4h16v12h-8l-5 4v-4H4zM8 10l3 3 5-6";
        const string NoNetwork = "M4 9a12 12 0 0 1 16 0M7 13a7 7 0 0 1 10 0M12 18v.5M4 3l16 18";
        const string Cross = "M5 5l14 14M19 5L5 19";
        var (path, key) = face switch
        {
            KioskFace.Calling or KioskFace.AlreadyCalling => (Bell, "pictogram.call"),
            KioskFace.Acknowledged or KioskFace.Late or KioskFace.Arrived => (Bubble, "pictogram.answered"),
            KioskFace.Offline => (NoNetwork, "pictogram.offline"),
            KioskFace.Error => (Cross, "pictogram.error"),
            _ => ("", ""),
        };
        return path.Length == 0
            ? ""
            : $"<svg class=\"pictogram\" viewBox=\"0 0 24 24\" {Label(look, key)}><path d=\"{path}\"/></svg>";
    }

    private static string Label(KioskLook look, string key) => $"role=\"img\" aria-label=\"{Text(look, key)}\"";

    private string Timed(KioskLook look, string key, DateTimeOffset? at) =>
        at is { } instant ? With(look, key, "time", Clock(instant)) : Text(look, key + ".untimed");

    private string Phone(KioskLook look, string key) => With(look, key, "phone", place.Hotline);

    private string Clock(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Text(KioskLook look, string key) => Html(KioskTexts.Of(look.Language, key));

    private static string With(KioskLook look, string key, string name, string value) =>
        Html(KioskTexts.Of(look.Language, key, name, value));

    private static string Html(string text) => Encoder.Encode(text);

    /// <summary>
    /// Everything that means something in HTML is escaped; the scripts of five languages are left readable.
    /// </summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
}
