namespace Hub.Gateway.Ingest;

/// <summary>Sequence numbers that an edge has counted and the hub has not got (yet).</summary>
/// <param name="Edge">Whose.</param>
/// <param name="Epoch">Of which life of its outbox.</param>
/// <param name="From">The first one missing.</param>
/// <param name="To">The last one missing.</param>
/// <param name="After">
/// They were measured after this; null before the first pack of an epoch. The span is never narrower than the truth.
/// </param>
/// <param name="Before">And before this.</param>
public readonly record struct LossGap(
    string Edge, string Epoch, long From, long To, DateTimeOffset? After, DateTimeOffset? Before)
{
    public long Missing => To - From + 1;
}
