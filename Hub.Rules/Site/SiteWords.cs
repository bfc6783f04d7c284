namespace Hub.Rules.Site;

/// <summary>The words of a site file, for its reader and its schema alike.</summary>
internal static class SiteWords
{
    public static readonly IReadOnlyDictionary<string, SpaceKind> Kinds = new Dictionary<string, SpaceKind>
    {
        ["unit"] = SpaceKind.Unit,
        ["lobby"] = SpaceKind.Lobby,
        ["facility"] = SpaceKind.Facility,
    };

    public static readonly IReadOnlyDictionary<string, Occupancy> Occupancies = new Dictionary<string, Occupancy>
    {
        ["occupied"] = Occupancy.Occupied,
        ["unsold"] = Occupancy.Unsold,
        ["unlet"] = Occupancy.Unlet,
        ["notMovedIn"] = Occupancy.NotMovedIn,
        ["custody"] = Occupancy.Custody,
    };

    /// <summary>Why activity in a vacant unit is expected.</summary>
    public static readonly IReadOnlyList<string> Reasons =
        ["inspection", "viewing", "cleaning", "renovation", "flushing", "homecoming", "visit"];
}
