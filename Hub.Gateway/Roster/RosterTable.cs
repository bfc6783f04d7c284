namespace Hub.Gateway.Roster;

/// <summary>One of the tables that a roster is made of.</summary>
/// <param name="Name">As messages call it.</param>
/// <param name="Mark">The column that no other table has.</param>
/// <param name="Required">Its columns, with the mark.</param>
/// <param name="Optional">Columns that may be left out.</param>
/// <param name="IsNeeded">There is no roster without it.</param>
internal sealed record RosterTable(
    string Name, string Mark, IReadOnlyList<string> Required, IReadOnlyList<string> Optional, bool IsNeeded = true)
{
    public static readonly RosterTable People =
        new("people", "role", ["person", "name", "role"], ["language", "phone", "quiet"]);

    public static readonly RosterTable Grids = new("grids", "places", ["grid", "places"], ["name", "partners"]);

    public static readonly RosterTable Shifts =
        new("shifts", "days", ["person", "days", "hours", "since"], ["grid", "until"]);

    public static readonly RosterTable Ladder = new("ladder", "after", ["to", "after"], [], IsNeeded: false);

    /// <summary>No part of a sheet: handed in with one or by itself.</summary>
    public static readonly RosterTable Covers =
        new("covers", "absent", ["absent", "from", "to"], ["by"], IsNeeded: false);

    public static readonly IReadOnlyList<RosterTable> All = [People, Grids, Shifts, Ladder];

    public override string ToString() => $"{Name} ({string.Join(", ", [.. Required, .. Optional])})";
}
