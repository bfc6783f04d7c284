namespace Hub.Gateway.Ingest;

/// <summary>Sequence numbers, both ends included.</summary>
public readonly record struct SequenceRange(long From, long To)
{
    public long Count => To - From + 1;
}
