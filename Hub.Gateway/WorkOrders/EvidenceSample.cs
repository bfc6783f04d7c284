namespace Hub.Gateway.WorkOrders;

/// <summary>One value of a frozen chart, in the signal's unit.</summary>
public readonly record struct EvidenceSample(DateTimeOffset At, double Value);
