namespace Hub.Gateway.WorkOrders;

/// <summary>One rung of the escalation ladder on an order.</summary>
/// <param name="To">butler, partner, hotline, chief or engineer.</param>
/// <param name="DueAt">When they are told, unless somebody has accepted before.</param>
/// <param name="IsTold">It has come to that.</param>
/// <param name="Called">Who was called then; null without a roster, and before.</param>
public sealed record LadderStep(string To, DateTimeOffset DueAt, bool IsTold = false, Called? Called = null);
