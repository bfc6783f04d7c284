using System.Net;
using System.Security.Claims;

namespace Hub.Gateway.WorkOrders;

/// <summary>Whoever has signed in; without accounts, whoever sits at the machine itself acts as its chief.</summary>
public sealed class SignedInCallers : ICallers
{
    private static readonly Actor Local = new("chief", ActorRole.Chief, "大管家");

    public Actor? CallerOf(HttpContext context)
    {
        var user = context.User;
        if (user.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id)
        {
            return Enum.TryParse<ActorRole>(user.FindFirstValue(ClaimTypes.Role), ignoreCase: true, out var role)
                && Enum.IsDefined(role) && role != ActorRole.Hub
                ? new Actor(id, role, user.FindFirstValue(ClaimTypes.Name) ?? id)
                : null;
        }

        // A test server has no address; it does not count as local.
        return context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) ? Local : null;
    }
}
