namespace Hub.Gateway.Series;

/// <summary>Where a chunk is in its life.</summary>
internal enum ChunkState
{
    /// <summary>The point's last one, not full: the next readings are put into it.</summary>
    Open = 0,

    /// <summary>It stays as it is; the rollups don't know it yet.</summary>
    Full = 1,

    /// <summary>The rollups have it.</summary>
    RolledUp = 2,
}
