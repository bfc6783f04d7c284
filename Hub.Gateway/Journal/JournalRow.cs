using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>
/// One commit group as a follower sees it. Both lists are the follower's own and are used again for the next row.
/// </summary>
/// <param name="Position">Its place; a follower's cursor once it has dealt with all its entries.</param>
/// <param name="Entries">In the order in which they were accepted; may be empty.</param>
public sealed record JournalRow(LogPosition Position, IReadOnlyList<Entry> Entries)
{
    /// <summary>When the hub committed it.</summary>
    public DateTimeOffset CommittedAt { get; init; }
}
