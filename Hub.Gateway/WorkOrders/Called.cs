namespace Hub.Gateway.WorkOrders;

/// <summary>Who answers a call.</summary>
/// <param name="Role">In which capacity: the one that was asked for, or whoever answers in its place.</param>
/// <param name="People">Their ids; empty if there is nobody at all.</param>
public sealed record Called(string Role, IReadOnlyList<string> People);
