using Hub.Gateway.Journal;

namespace Hub.Gateway.Broker;

/// <summary>What becomes of the messages of one topic.</summary>
public abstract class IntakeRoute
{
    /// <summary>
    /// Held from deciding about a message until its batch has been handed to the journal. Otherwise a second connection
    /// could see a message as a duplicate, and have it acknowledged, before the first one's copy is even on its way to
    /// the disk.
    /// </summary>
    public abstract Lock Gate { get; }

    /// <summary>Presses and alarms: they don't wait for the commit of what other clients send in bulk.</summary>
    public virtual bool IsUrgent => false;

    /// <summary>
    /// Whether a message that another broker had retained is news: a state is, a reading of nobody knows when isn't.
    /// </summary>
    public virtual bool TakesRetained(string topic) => false;

    /// <summary>
    /// Decides about one message and writes what the journal shall keep of it. False if something must be waited for
    /// first: then nothing has been decided, and the same message comes again after <see cref="PrepareAsync"/>.
    /// </summary>
    public abstract bool TryTake(IntakeMessage message, EntryWriter entries);

    /// <summary>Does what <see cref="TryTake"/> could not wait for. Called without the gate.</summary>
    public abstract ValueTask PrepareAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel);
}
