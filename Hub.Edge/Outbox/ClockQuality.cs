namespace Hub.Edge.Outbox;

/// <summary>How far an edge's own time can be trusted.</summary>
public enum ClockQuality : byte
{
    /// <summary>Nobody has told this machine the time since it started.</summary>
    Unsynced = 0,

    /// <summary>Taken while unsynced, repaired once the time was known.</summary>
    Estimated = 1,
    Synced = 2,
}
