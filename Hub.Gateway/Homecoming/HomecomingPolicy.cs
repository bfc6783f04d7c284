namespace Hub.Gateway.Homecoming;

/// <summary>What is done before an owner comes home, and how long before.</summary>
public sealed record HomecomingPolicy
{
    /// <summary>In the order in which they are done.</summary>
    public IReadOnlyList<(string What, TimeSpan Before)> Steps { get; init; } =
    [
        ("air", TimeSpan.FromHours(48)), ("clean", TimeSpan.FromHours(30)), ("flush", TimeSpan.FromHours(20)),
        ("check", TimeSpan.FromHours(6)),
    ];

    /// <summary>How far ahead a return may be announced.</summary>
    public TimeSpan AheadMax { get; init; } = TimeSpan.FromDays(180);
}
