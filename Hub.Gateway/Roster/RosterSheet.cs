using System.Text.Json.Serialization;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Roster;

/// <summary>A roster as people write it down: replaced as a whole.</summary>
/// <param name="People">Everybody who may be called.</param>
/// <param name="Grids">Who looks after what.</param>
/// <param name="Shifts">Who works when.</param>
/// <param name="Ladder">Who is told how long after the start; empty for the standard.</param>
public sealed record RosterSheet(
    IReadOnlyList<Person> People, IReadOnlyList<Grid> Grids, IReadOnlyList<Shift> Shifts,
    IReadOnlyList<LadderRung> Ladder)
{
    /// <summary>Everybody by id.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, Person> ById { get; } =
        People.ToDictionary(person => person.Id, StringComparer.Ordinal);

    public Person? Find(string id) => ById.GetValueOrDefault(id);
}
