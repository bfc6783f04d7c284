namespace Hub.Gateway.Journal;

/// <summary>Sequence numbers of one source's epoch that the journal holds, or holds a reason for not holding.</summary>
/// <param name="AtTicks">The time of the first reading among them, UTC ticks; 0 if they are no readings.</param>
public readonly record struct SpentSequences(
    string Source, string Epoch, long Sequence, int Count, long AtTicks = 0);
