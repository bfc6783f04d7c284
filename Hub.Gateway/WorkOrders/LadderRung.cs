namespace Hub.Gateway.WorkOrders;

/// <summary>Who is told how long after the start, as configured.</summary>
public sealed record LadderRung(string To, TimeSpan After);
