namespace Hub.Gateway.WorkOrders;

/// <summary>What a command comes to. The private constructor closes the family.</summary>
public abstract record OrderDecision
{
    private OrderDecision()
    {
    }

    /// <summary>It is done by these events; none if it was so already.</summary>
    public sealed record Done(IReadOnlyList<OrderEvent> Events) : OrderDecision;

    public sealed record Refused(Refusal Why) : OrderDecision;
}
