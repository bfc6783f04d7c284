using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Hub.Gateway.Web.Guard;

/// <summary>
/// Who the visitor is. In the demo: the role whose door was taken, from a signed cookie. On a real hub without
/// accounts:
/// whoever sits at the machine itself acts as its chief, and nobody else gets in.
/// </summary>
public sealed class Visitors(HubOptions options)
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private static readonly Visitor Local = new("chief", Roles.Chief);

    /// <summary>The demo's people, one for each door.</summary>
    public static readonly IReadOnlyList<Visitor> Demo =
    [
        new("resident", Roles.Resident), new("butler-07", Roles.Butler), new("chief-01", Roles.Chief),
        new("engineer-02", Roles.Engineer), new("quality-01", Roles.Quality),
    ];

    public Visitor? Of(HttpContext context)
    {
        if (options.IsDemo)
        {
            var id = context.User.FindFirstValue(ClaimTypes.NameIdentifier);
            return Demo.FirstOrDefault(visitor => visitor.Id == id);
        }

        // A test server has no address; it is not the machine's own network stack either, so it does not count as
        // local.
        return context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) ? Local : null;
    }

    public static Task SignInAsync(HttpContext context, Visitor visitor)
    {
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, visitor.Id), new Claim(ClaimTypes.Role, visitor.Role),
                new Claim(ClaimTypes.Name, People.ActorOf(visitor).Display),
            ],
            Scheme);
        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }
}
