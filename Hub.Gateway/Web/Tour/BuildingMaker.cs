using System.Globalization;
using Hub.Gateway.Web.Inbox;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Site;

namespace Hub.Gateway.Web.Tour;

/// <summary>Makes the picture of the compound out of the site and the open orders.</summary>
public sealed class BuildingMaker(OrderDesk desk, IPremises premises)
{
    public async Task<BuildingView> MakeAsync(Frame frame, CancellationToken cancel)
    {
        await desk.LoadAsync(cancel);
        var orders = desk.OpenOrders
            .GroupBy(order => order.SpaceId)
            .ToDictionary(group => group.Key, group => group.OrderBy(one => Rank(Tone(one, frame.Now)))
                .ThenByDescending(one => one.Priority).First());
        var site = premises.Current;
        var tiles = site.Spaces.Values.ToDictionary(
            space => space.Id, space => Tile(space, orders.GetValueOrDefault(space.Id), site, frame));
        var entrances = site.Spaces.Values
            .Where(space => space.Kind != SpaceKind.Facility)
            .GroupBy(space => (space.Building, space.Entrance))
            .OrderBy(group => group.Key.Building, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Entrance, StringComparer.Ordinal)
            .Select(group => Entrance([.. group], tiles));
        return new BuildingView(
            [.. entrances],
            [.. In(site, SpaceKind.Facility).Select(space => tiles[space.Id])],
            [.. tiles.Values.Where(tile => tile.Order is not null).OrderBy(tile => Rank(tile.Tone))
                .ThenBy(tile => tile.Id, StringComparer.Ordinal)]);
    }

    private static EntranceView Entrance(IReadOnlyList<Space> spaces, Dictionary<string, TileView> tiles)
    {
        var floors = spaces.Where(space => space.Kind == SpaceKind.Unit)
            .GroupBy(space => space.Floor)
            .OrderByDescending(group => group.Key)
            .Select(group => new FloorView(
                group.Key?.ToString(CultureInfo.InvariantCulture) ?? "",
                [.. group.OrderBy(space => space.Id, StringComparer.Ordinal).Select(space => tiles[space.Id])]));
        var lobbies = spaces.Where(space => space.Kind == SpaceKind.Lobby).ToList();
        return new EntranceView(
            NameOf(spaces), [.. floors],
            [.. lobbies.Select(lobby => tiles[lobby.Id])]);
    }

    private static TileView Tile(Space space, WorkOrder? order, SiteSnapshot site, Frame frame)
    {
        var (label, now) = (LabelOf(space, frame), frame.Now);
        if (order is not null)
        {
            return new TileView(space.Id, space.Name, label, order.Kind, Tone(order, now), order.Id);
        }

        var isPlanned = site.WindowAt(space.Id, now) is not null;
        return space.Kind switch
        {
            SpaceKind.Lobby => new TileView(space.Id, space.Name, label, "lobby", "quiet", null),
            SpaceKind.Facility => new TileView(space.Id, space.Name, label, "facility", "quiet", null),
            _ when space.IsVacant => new TileView(
                space.Id, space.Name, label, isPlanned ? "work" : "vacant", "empty", null),
            _ => new TileView(space.Id, space.Name, label, "home", "quiet", null),
        };
    }

    /// <summary>What all names of an entrance begin with; its id where they have nothing in common.</summary>
    private static string NameOf(IReadOnlyList<Space> spaces)
    {
        var name = spaces[0].Name;
        foreach (var other in spaces.Skip(1))
        {
            var same = name.Zip(other.Name).TakeWhile(pair => pair.First == pair.Second).Count();
            name = name[..same];
        }

        name = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd();
        return spaces.Count > 1 && name.Length > 0 ? name : spaces[0].Entrance;
    }

    /// <summary>What fits on a tile: the number on a unit's door.</summary>
    private static string LabelOf(Space space, Frame frame) => space.Kind switch
    {
        SpaceKind.Lobby => frame.T["tile.lobby"],
        SpaceKind.Facility => space.Name,
        _ => space.Id[(space.Id.LastIndexOf('-') + 1)..].TrimStart('0'),
    };

    private static string Tone(WorkOrder order, DateTimeOffset now) =>
        OrderClock.Next(order)?.IsBrokenAt(now) == true ? "late"
        : order.AcceptedBy is not null ? "busy"
        : order.Priority == OrderPriority.Urgent ? "late"
        : "soon";

    private static int Rank(string tone) => tone switch { "late" => 0, "soon" => 1, "busy" => 2, _ => 3 };

    private static IEnumerable<Space> In(SiteSnapshot site, SpaceKind kind) => site.Spaces.Values
        .Where(space => space.Kind == kind).OrderBy(space => space.Id, StringComparer.Ordinal);
}
