using System.Text.RegularExpressions;

namespace Hub.Tidy.Tests;

/// <summary>
/// The map of the house. A room may use the rooms that stand to its right here, and no other; the table is in the order of
/// the floors, lowest first. Change this table first, on purpose, and the code after it.
/// </summary>
public partial class ArrowTests
{
    private static readonly string[] Projects = ["Hub.Rules", "Hub.Transport", "Hub.Edge", "Hub.Gateway"];

    [Fact]
    public void Every_room_uses_only_the_rooms_below_it()
    {
        var strays =
            from file in Repository.Sources(Projects)
            let room = RoomOf(Dotted(file.Folder)) ?? $"{file.Folder} (no room of the map)"
            from line in file.Lines
            from Match name in HubName().Matches(line)
            let used = RoomOf(name.Value)
            where used is not null && used != room && !Projects.Contains(used) && !FloorPlan.Allows(room, used)
            select $"{file.Path}: {room} must not use {used}";

        Assert.Empty(strays.Distinct());
    }

    [Fact]
    public void Every_folder_is_a_room_of_the_map()
    {
        var strangers = Repository.Sources(Projects).Select(file => Dotted(file.Folder)).Distinct()
            .Where(folder => RoomOf(folder) is null);

        Assert.Empty(strangers);
    }

    [Fact]
    public void No_arrow_of_the_map_points_upwards()
    {
        var floors = FloorPlan.Rooms.Keys.ToList();

        var upwards =
            from room in FloorPlan.Rooms
            from below in room.Value
            where floors.IndexOf(below) < 0 || floors.IndexOf(below) >= floors.IndexOf(room.Key)
            select $"{room.Key} → {below}";

        Assert.Empty(upwards);
    }

    private static string Dotted(string folder) => folder.Replace('/', '.');

    private static string? RoomOf(string name) => FloorPlan.Rooms.Keys
        .Where(room => name == room || name.StartsWith(room + ".", StringComparison.Ordinal))
        .MaxBy(room => room.Length);

    [GeneratedRegex(@"\bHub(\.[A-Z]\w*)+")]
    private static partial Regex HubName();
}
