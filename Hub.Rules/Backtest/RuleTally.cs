namespace Hub.Rules.Backtest;

/// <summary>What a rule, or a whole set of them, came to in a backtest.</summary>
/// <param name="Alarms">Raised, notices included.</param>
/// <param name="Orders">Orders opened; what joins an open one isn't counted again.</param>
/// <param name="NightOrders">Those opened by night.</param>
/// <param name="Nights">In how many nights there was one.</param>
/// <param name="OrdersPerDay">Orders over the days counted.</param>
/// <param name="Minutes">A butler's minutes for all of them.</param>
public sealed record RuleTally(
    int Alarms, int Orders, int NightOrders, int Nights, double OrdersPerDay, double Minutes);
