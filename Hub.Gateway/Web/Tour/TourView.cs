namespace Hub.Gateway.Web.Tour;

/// <summary>The demo's first page.</summary>
/// <param name="Building">The living picture.</param>
/// <param name="Demo">How the simulated building stands.</param>
/// <param name="OpenOrders">How many orders are open.</param>
/// <param name="Last">The newest order, or null.</param>
/// <param name="Kiosk">Where the lobby's kiosk page is, or null.</param>
/// <param name="Lobbies">Where somebody can press a button: id and name.</param>
/// <param name="Vacant">Vacant units: id and name.</param>
/// <param name="LeakUnit">The unit that the leak button is for.</param>
/// <param name="Next">Where a visitor wanted to go before the doors; empty if nowhere.</param>
/// <param name="Trouble">Why the last click was refused, or null.</param>
public sealed record TourView(
    BuildingView Building, DemoState Demo, int OpenOrders, LastOrder? Last, Uri? Kiosk,
    IReadOnlyList<(string Id, string Name)> Lobbies, IReadOnlyList<(string Id, string Name)> Vacant,
    (string Id, string Name)? LeakUnit, string Next, string? Trouble = null);
