namespace Hub.Gateway.Web.Tour;

/// <summary>One floor of one staircase.</summary>
public sealed record FloorView(string Number, IReadOnlyList<TileView> Units);
