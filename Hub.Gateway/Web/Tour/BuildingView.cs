namespace Hub.Gateway.Web.Tour;

/// <summary>The compound as a picture: one block per entrance, floors from the top, the lobby at its foot.</summary>
/// <param name="Entrances">In order of their ids.</param>
/// <param name="Facilities">Pump house, lifts, corridors.</param>
/// <param name="Events">What is going on, in words, the most pressing first: the picture for whoever can't see
/// it.</param>
public sealed record BuildingView(
    IReadOnlyList<EntranceView> Entrances, IReadOnlyList<TileView> Facilities, IReadOnlyList<TileView> Events);
