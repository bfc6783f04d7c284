using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>
/// Entries that one producer hands over together, already encoded, and what it does when they are durable. Its calls
/// come from the journal's thread, in the order of committing; they must be quick and must not throw.
/// </summary>
public abstract class JournalBatch
{
    /// <summary>The encoded entries; none for a batch that only waits for what was handed over before it.</summary>
    public EntryWriter Entries { get; } = new();

    /// <summary>The hub's own entries (time, the site) are kept while those of devices wait for room.</summary>
    public virtual bool IsOwn => false;

    /// <summary>
    /// Whether it goes before a batch that was handed over earlier and still waits. What tells of the same things must
    /// keep its order, and an empty batch its place behind what it waits for.
    /// </summary>
    public virtual bool Overtakes(JournalBatch earlier) => false;

    /// <summary>All entries are on stable storage: now they may be confirmed.</summary>
    public abstract void OnCommitted(LogPosition position);

    /// <summary>
    /// The whole commit group has been told; what its members share (a connection's output) can be sent in one go.
    /// </summary>
    public abstract void OnGroupCommitted();

    /// <summary>Nobody knows whether they are on the disk, so nothing may be confirmed.</summary>
    public abstract void OnFailed(Exception failure);
}
