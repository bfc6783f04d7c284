using Hub.Gateway.Words;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Guard;

/// <summary>A visitor as orders know people.</summary>
public static class People
{
    public static Actor ActorOf(Visitor visitor) => new(visitor.Id, RoleOf(visitor), Display(visitor));

    /// <summary>The building that a visitor's "this building" means; null for whoever looks after all of
    /// them.</summary>
    public static string? BuildingOf(Visitor visitor, SiteSnapshot site) => visitor.Role != Roles.Butler
        ? null
        : site.Spaces.Values.Where(space => space.Kind == SpaceKind.Lobby && space.Building.Length > 0)
            .Select(space => space.Building).Order(StringComparer.Ordinal).FirstOrDefault();

    private static ActorRole RoleOf(Visitor visitor) => visitor.Role switch
    {
        Roles.Butler => ActorRole.Butler,
        Roles.Chief => ActorRole.Chief,
        Roles.Engineer => ActorRole.Engineer,
        Roles.Quality => ActorRole.Quality,
        _ => ActorRole.Resident,
    };

    /// <summary>What an order's record says, in the house's first language; pages say it anew in the
    /// reader's.</summary>
    private static string Display(Visitor visitor)
    {
        var number = visitor.Id.LastIndexOf('-') is > 0 and var dash ? $" {visitor.Id[(dash + 1)..]}" : "";
        return Texts.In(Texts.Default).Of("role", visitor.Role) + number;
    }
}
