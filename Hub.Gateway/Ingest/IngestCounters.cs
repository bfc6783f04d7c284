namespace Hub.Gateway.Ingest;

/// <summary>What became of what came in, since the start. Readings, but for the last two, which are messages.</summary>
/// <param name="Accepted">Readings journalled.</param>
/// <param name="Duplicate">Readings whose sequence number had been taken before.</param>
/// <param name="Late">Accepted readings that took longer than <see cref="IngestOptions.LateAfter"/>.</param>
/// <param name="Rejected">Impossible readings, and unreadable messages.</param>
/// <param name="Quarantined">Readings of points that nobody has commissioned.</param>
/// <param name="Missing">Sequence numbers that edges have counted and the hub has not got.</param>
/// <param name="SetAsideDropped">Messages that were to be set aside beyond the limit, and so were only counted.</param>
/// <param name="Acknowledged">Messages acknowledged after their commit.</param>
public sealed record IngestCounters(
    long Accepted, long Duplicate, long Late, long Rejected, long Quarantined, long Missing, long SetAsideDropped,
    long Acknowledged);
