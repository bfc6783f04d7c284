namespace Hub.Edge.Setup;

/// <summary>How often things are told.</summary>
public sealed record EdgeIntervals
{
    /// <summary>Each meter's register.</summary>
    public TimeSpan Registers { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Each contact's level again, so that the hub can tell a quiet door from a dead edge.</summary>
    public TimeSpan Contacts { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The edge's own health.</summary>
    public TimeSpan Health { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long readings wait for company before they are committed, in real time: what a power cut may cost.
    /// </summary>
    public TimeSpan Commit { get; init; } = TimeSpan.FromSeconds(10);
}
