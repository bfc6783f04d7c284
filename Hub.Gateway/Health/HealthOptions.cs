namespace Hub.Gateway.Health;

/// <summary>How the hub reports on itself.</summary>
public sealed record HealthOptions
{
    /// <summary>How often it reports, in domain time.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);
}
