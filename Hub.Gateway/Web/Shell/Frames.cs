using Hub.Gateway.Roster;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Tour;
using Hub.Gateway.Words;
using Hub.Gateway.WorkOrders;
using Microsoft.AspNetCore.Antiforgery;

namespace Hub.Gateway.Web.Shell;

/// <summary>Makes the frame of a page from its request.</summary>
public sealed class Frames(
    HubOptions options, Visitors visitors, IAntiforgery antiforgery, IDemoControl demo, OrderDesk desk,
    IPremises premises, RosterBook? roster = null)
{
    private const string LanguageCookie = "hub.lang";
    private const string ThemeCookie = "hub.theme";

    public Frame For(HttpContext context, string section)
    {
        var texts = Texts.In(Chosen(context, "lang", LanguageCookie, Texts.Speaks));
        var theme = Chosen(context, "theme", ThemeCookie, value => value is "light" or "dark" or "system");
        var tokens = antiforgery.GetAndStoreTokens(context);
        var visitor = visitors.Of(context);
        var staff = visitor?.Is(Roles.Overseers) == true ? roster?.Picture.Sheet?.ById : null;
        return new Frame(
            texts, new Times(texts, premises.Zone, desk.Now), visitor,
            theme is "system" ? "" : theme ?? "", section, Here(context.Request), tokens.FormFieldName,
            tokens.RequestToken ?? "", demo.State.Speed, options.IsDemo)
        {
            Staff = staff ?? new Dictionary<string, Person>(),
        };
    }

    /// <summary>What the address says, kept for next time; otherwise what was kept.</summary>
    private static string? Chosen(HttpContext context, string name, string cookie, Func<string, bool> isKnown)
    {
        if (context.Request.Query[name] is [{ } asked] && isKnown(asked))
        {
            if (!context.Response.HasStarted)
            {
                context.Response.Cookies.Append(cookie, asked, new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    IsEssential = true,
                    MaxAge = TimeSpan.FromDays(400),
                    Secure = context.Request.IsHttps,
                });
            }

            return asked;
        }

        return context.Request.Cookies[cookie] is { } kept && isKnown(kept) ? kept : null;
    }

    private static string Here(HttpRequest request)
    {
        var kept = request.Query.Where(pair => pair.Key is not ("lang" or "theme"))
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}");
        var query = string.Join('&', kept);
        // A form that came back with a refusal was posted to /…/do; its page is one step up.
        var path = request.Path.ToUriComponent();
        if (!HttpMethods.IsGet(request.Method) && path.EndsWith("/do", StringComparison.Ordinal))
        {
            path = path[..^3];
        }

        return path + (query.Length > 0 ? "?" + query : "");
    }
}
