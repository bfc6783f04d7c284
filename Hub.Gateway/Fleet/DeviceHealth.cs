namespace Hub.Gateway.Fleet;

/// <summary>One device, at one look.</summary>
/// <param name="Id">Its site-wide id.</param>
/// <param name="Edge">The edge that reports it.</param>
/// <param name="SpaceId">Where it is.</param>
/// <param name="Signals">What it measures.</param>
/// <param name="State">How it does.</param>
/// <param name="Reason">Why it is not ok, as a sentence; null if it is.</param>
/// <param name="SeenAt">Its newest reading's own time.</param>
/// <param name="ArrivedAt">When the last one reached the hub.</param>
/// <param name="Every">How often a reading is expected: as configured, else as learnt; null if it reports on
/// change.</param>
/// <param name="IsEveryLearnt">Whether that was learnt.</param>
/// <param name="Readings">Readings taken from it, ever.</param>
/// <param name="IsBehindEdge">Offline only because its edge is: the edge is the cause, and the one line to
/// show.</param>
public sealed record DeviceHealth(
    string Id, string Edge, string SpaceId, IReadOnlyList<string> Signals, HealthState State, string? Reason,
    DateTimeOffset? SeenAt, DateTimeOffset? ArrivedAt, TimeSpan? Every, bool IsEveryLearnt, long Readings,
    bool IsBehindEdge)
{
    /// <summary>What <see cref="HealthState.Suspect"/> is for; null in other states.</summary>
    public Suspicion? Suspicion { get; init; }
}
