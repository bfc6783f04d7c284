namespace Hub.Edge.Kiosk;

/// <summary>
/// Who may speak to the page: this machine, under its own name, from its own pages. The page needs no login because
/// nobody else can reach it; a foreign name that points here (DNS rebinding) or a foreign page's form is refused.
/// </summary>
public static class KioskGuard
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Why a request is refused; null if it is not.</summary>
    public static string? Refusal(HttpRequest request, IReadOnlyList<string> hostsAllowed)
    {
        if (!Loopback.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase)
            && !hostsAllowed.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            return "This kiosk answers to localhost only.";
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return null;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        var isForeign = site.Length > 0
            ? site != "same-origin"
            : origin.Length > 0 && !string.Equals(
                origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
        return isForeign ? "Another site's page may not press this button." : null;
    }

    public static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers.CacheControl = "no-store";
    }
}
