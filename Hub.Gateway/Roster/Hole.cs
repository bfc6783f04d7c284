namespace Hub.Gateway.Roster;

/// <summary>A time at which no butler of a grid is on shift.</summary>
/// <param name="Grid">The grid's id; empty for the spaces that lie in none.</param>
/// <param name="From">From then on.</param>
/// <param name="To">Until then.</param>
/// <param name="TakenBy">The role that is called instead; null for nobody: then nobody comes.</param>
public sealed record Hole(string Grid, DateTimeOffset From, DateTimeOffset To, string? TakenBy);
