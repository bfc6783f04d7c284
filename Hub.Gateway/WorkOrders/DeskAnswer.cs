namespace Hub.Gateway.WorkOrders;

/// <summary>What the desk says to a command.</summary>
/// <param name="Order">The order as it stands after it; null if there is none.</param>
/// <param name="Refusal">Why it was not done; null if it was.</param>
public sealed record DeskAnswer(WorkOrder? Order, Refusal? Refusal = null)
{
    public bool IsDone => Refusal is null;
}
