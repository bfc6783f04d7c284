using System.Text.Json.Serialization;

namespace Hub.Rules.Site;

/// <summary>A place of the compound.</summary>
/// <param name="Id">Readable and stable: <c>b1-e2-0301</c>, <c>b1-e2-lobby</c>, <c>pump-a</c>.</param>
/// <param name="Kind">Unit, lobby or facility.</param>
/// <param name="Name">As people say it: <c>1 栋 2 单元 301</c>.</param>
/// <param name="Building">Its building's id, or empty.</param>
/// <param name="Entrance">Its entrance's id, or empty.</param>
/// <param name="Floor">Its floor, if it has one.</param>
/// <param name="Occupancy">For units; a lobby or facility counts as occupied.</param>
/// <param name="VacantSince">Since when it is vacant, where that is known.</param>
/// <param name="Tags">Words that rules can choose it by, with blanks between them.</param>
public sealed record Space(
    string Id, SpaceKind Kind, string Name, string Building = "", string Entrance = "", int? Floor = null,
    Occupancy Occupancy = Occupancy.Occupied, DateTimeOffset? VacantSince = null,
    string Tags = "")
{
    [JsonIgnore]
    public bool IsVacant => Kind == SpaceKind.Unit && Occupancy != Occupancy.Occupied;

    public bool HasTag(string tag) => Tags.Split(' ').Contains(tag);
}
