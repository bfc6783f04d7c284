namespace Hub.Gateway.Web.Tour;

/// <summary>One place of the picture.</summary>
/// <param name="Id">Its space id.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Label">What fits on a tile.</param>
/// <param name="State">home, vacant, work, or an order's kind: a key of the <c>tile</c> words.</param>
/// <param name="Tone">quiet, empty, busy (a person is on it), soon or late: the tile's colour.</param>
/// <param name="Order">The open order there, or null.</param>
public sealed record TileView(string Id, string Name, string Label, string State, string Tone, long? Order);
