namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// Classic bugs that the simulation can put back, each as a wrapper that does around the real classes what the bug would
/// do inside them. The product ships none of it.
/// </summary>
internal enum Bait
{
    None,

    /// <summary>The PUBACK goes out when the message has been understood, before the journal's commit.</summary>
    AcknowledgeBeforeCommit,

    /// <summary>A failed sync of the hub's disk is taken for a good one.</summary>
    SwallowFailedSync,

    /// <summary>The hub's syncs do nothing.</summary>
    NoSync,

    /// <summary>A pack is taken whether or not its numbers have been seen.</summary>
    DedupeOff,

    /// <summary>After a restart the hub knows of no number that it has seen.</summary>
    WatermarksNotRestored,

    /// <summary>The edge moves its cursor when the pack is written to the socket.</summary>
    OutboxDeletedBeforePubAck,

    /// <summary>What is sent again gets new numbers.</summary>
    RetransmitWithNewSequence,

    /// <summary>An edge's epoch is always the same.</summary>
    EpochNotRenewed,

    /// <summary>A client that reconnects counts what was in flight as arrived.</summary>
    InFlightForgottenAtReconnect,

    /// <summary>The journal is trimmed by age alone.</summary>
    TrimAheadOfSlowest,

    /// <summary>The checkpoint of the rules is stored as of a row that it has not seen.</summary>
    CheckpointAheadOfItsRow,

    /// <summary>After a restart the rules go on at the journal's end.</summary>
    ReplayFromTheEnd,

    /// <summary>The desk doesn't remember what has had its effect.</summary>
    OrderNotIdempotent,

    /// <summary>The cursor into InfluxDB moves before InfluxDB has the batch.</summary>
    InfluxCursorBeforeWrite,

    /// <summary>The second try of a batch writes nothing.</summary>
    RetryDropsBatch,

    /// <summary>Half of a batch that was answered late is taken for all of it.</summary>
    PartialWriteTakenForWhole,

    /// <summary>Several values of one instant are written to one time.</summary>
    OneValuePerInstant,

    /// <summary>A reading older than ten minutes is acknowledged and dropped.</summary>
    LateDataDropped,

    /// <summary>What is missing between two packs is filled up with zeros.</summary>
    GapTakenForZero,

    /// <summary>A tick carries the wall clock as it is.</summary>
    WallClockInTick,

    /// <summary>What has been seen before is acknowledged at once, while its first copy still waits for the commit.</summary>
    DuplicateAcknowledgedAtOnce,

    /// <summary>The history's cursor moves over what is in memory only.</summary>
    HistoryCursorBeforeStore,

    /// <summary>A register's count begins anew at zero after a restart of the edge.</summary>
    RegisterNotRestored,
}
