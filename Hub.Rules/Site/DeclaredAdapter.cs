namespace Hub.Rules.Site;

/// <summary>
/// Third-party messages that the site lets in. What no adapter claims is the broker's business and never decoded.
/// </summary>
/// <param name="Id">Stands where an edge's id stands: its devices are <c>{id}/{device}</c>.</param>
/// <param name="Kind">Whose messages.</param>
/// <param name="Topic">The base topic, the prefix, or the pattern, as the kind has it.</param>
/// <param name="Values">Of kind json: what is where in a message; else empty.</param>
/// <param name="Time">Of kind json: where a message has its own time; null takes the arrival.</param>
/// <param name="Edge">The edge that forwards them from a broker beside it; null for the hub's own broker.</param>
public sealed record DeclaredAdapter(
    string Id, AdapterKind Kind, string Topic, IReadOnlyList<MappedValue> Values, PayloadPath? Time = null,
    string? Edge = null);
