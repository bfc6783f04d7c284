namespace Hub.Gateway.Web.Tour;

/// <summary>One staircase.</summary>
/// <param name="Name">As people say it.</param>
/// <param name="Floors">From the top; each with its units from left to right.</param>
/// <param name="Lobbies">At its foot.</param>
public sealed record EntranceView(
    string Name, IReadOnlyList<FloorView> Floors, IReadOnlyList<TileView> Lobbies);
