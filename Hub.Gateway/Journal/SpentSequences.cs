namespace Hub.Gateway.Journal;

/// <summary>Sequence numbers of one source's epoch that the journal holds, or holds a reason for not holding.</summary>
public readonly record struct SpentSequences(string Source, string Epoch, long Sequence, int Count);
