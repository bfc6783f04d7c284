using Hub.Rules.Site;

namespace Hub.Gateway.Roster;

/// <summary>What one butler has in his or her care (网格).</summary>
/// <param name="Id">Readable and stable.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Places">Buildings, entrances and spaces by id; <c>b1-e2-03*</c> is all that begins so.</param>
/// <param name="Partners">Grids whose butlers are this one's partners.</param>
public sealed record Grid(string Id, string Name, IReadOnlyList<string> Places, IReadOnlyList<string> Partners)
{
    public bool Has(Space space) => Places.Any(place => Matches(place, space));

    /// <summary>Whether a place as it is written means that space.</summary>
    public static bool Matches(string place, Space space) => place.EndsWith('*')
        ? space.Id.StartsWith(place[..^1], StringComparison.Ordinal)
        : place == space.Id || place == space.Entrance || place == space.Building;
}
