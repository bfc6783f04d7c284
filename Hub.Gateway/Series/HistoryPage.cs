namespace Hub.Gateway.Series;

/// <summary>Part of a point's history in time order.</summary>
/// <param name="Items">The readings.</param>
/// <param name="Next">Where to go on; null at the end.</param>
public sealed record HistoryPage(IReadOnlyList<Sample> Items, ReadToken? Next);
