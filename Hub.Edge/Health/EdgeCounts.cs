namespace Hub.Edge.Health;

/// <summary>What an edge has counted of itself.</summary>
/// <param name="EventsLost">Events that the kernel dropped.</param>
/// <param name="Reconnects">Times that the hub was reached, since the start.</param>
/// <param name="Starts">Of this edge, ever; null where nobody counts them.</param>
/// <param name="IsSafeMode">It runs with the configuration before.</param>
/// <param name="LocalWaiting">Messages of the local broker that the hub doesn't have.</param>
/// <param name="IsKioskShown">The lobby's screen shows its page; null where nobody looks after one.</param>
public readonly record struct EdgeCounts(
    long EventsLost = 0, long Reconnects = 0, long LocalWaiting = 0, long? Starts = null, bool IsSafeMode = false,
    bool? IsKioskShown = null);
