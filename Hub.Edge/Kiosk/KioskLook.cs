namespace Hub.Edge.Kiosk;

/// <summary>
/// How this visitor wants to read the page. It lives in the address, so it works without script and is gone with the
/// visit.
/// </summary>
public sealed record KioskLook(string Language, bool IsLarge, bool IsHighContrast)
{
    /// <summary>
    /// Reads the address. A language that the building doesn't offer is its default; the browser's own language is not
    /// asked, because a lobby's browser has nobody's.
    /// </summary>
    public static KioskLook Of(IQueryCollection query, IReadOnlyList<string> languages, string languageDefault)
    {
        var language = query["lang"].ToString();
        return new KioskLook(
            languages.Contains(language, StringComparer.Ordinal) ? language : languageDefault,
            query["size"] == "large",
            query["contrast"] == "high");
    }

    public string Query =>
        $"?lang={Language}{(IsLarge ? "&size=large" : "")}{(IsHighContrast ? "&contrast=high" : "")}";
}
