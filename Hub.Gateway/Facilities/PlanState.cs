namespace Hub.Gateway.Facilities;

/// <summary>What a plan remembers between two looks; the rest is the order's.</summary>
/// <param name="Order">The last order it has made; 0 before the first.</param>
/// <param name="DueOn">The date for which that was.</param>
/// <param name="MarkedAt">When the marks were on the meters; null for never.</param>
public sealed record PlanState(long Order = 0, DateOnly? DueOn = null, DateTimeOffset? MarkedAt = null)
{
    /// <summary>What the hour meters showed then, by point.</summary>
    public IReadOnlyDictionary<int, long> Marks { get; init; } = new Dictionary<int, long>();
}
