namespace Hub.Gateway.Web.Orders;

/// <summary>A vendor that an order may be handed over to.</summary>
/// <param name="Name">As it is handed over to.</param>
/// <param name="About">What it does, its number and hours, and that its contract has run out.</param>
/// <param name="IsInCharge">Of the facility that the order is about.</param>
public sealed record VendorChoice(string Name, string About, bool IsInCharge);
