namespace Hub.Gateway.WorkOrders;

/// <summary>Which orders to list, newest first.</summary>
public sealed record OrderFilter
{
    public const int LimitMax = 200;

    public OrderScope Scope { get; init; } = OrderScope.Open;

    public string? SpaceId { get; init; }

    public string? Symptom { get; init; }

    /// <summary>How many at most; more than <see cref="LimitMax"/> are never given.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The id of the last order of the page before.</summary>
    public long? After { get; init; }
}
