namespace Hub.Transport.Messages;

/// <summary>What a pack says once, on its first record.</summary>
public sealed record SenMlHead
{
    /// <summary>bn: stands before every record's name.</summary>
    public string BaseName { get; init; } = "";

    /// <summary>bt: what the records' times count from, so that they are short; null writes them whole.</summary>
    public DateTimeOffset? BaseAt { get; init; }

    /// <summary>ep: one life of the outbox.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>sq: the first record's sequence number, from 1; 0 writes none.</summary>
    public long Sequence { get; init; }

    /// <summary>ct.</summary>
    public SenMlClock Clock { get; init; }

    /// <summary>st: what the clock of the records' times shows now; null writes none.</summary>
    public DateTimeOffset? SentAt { get; init; }
}
