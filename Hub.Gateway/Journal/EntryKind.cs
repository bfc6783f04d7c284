namespace Hub.Gateway.Journal;

/// <summary>The kinds of entries in a block. Numbers are only ever added.</summary>
internal enum EntryKind : byte
{
    Readings = 1,
    Tick = 2,
    Changed = 3,
    Presence = 4,
    SetAside = 5,

    /// <summary>
    /// Sequence numbers that were received without becoming readings; only duplicate detection reads it.
    /// </summary>
    Spent = 6,

    /// <summary>
    /// A QoS 2 message was taken, or released by its client; only its session reads it, after a restart.
    /// </summary>
    Taken = 7,

    /// <summary>Sequence numbers that an edge has counted and that had not come when a later one did.</summary>
    Lost = 8,
}
