namespace Hub.Gateway.Ingest;

/// <summary>An edge's answer to what the hub has sent it.</summary>
/// <param name="Edge">Which.</param>
/// <param name="Id">What it is the answer to.</param>
/// <param name="IsDone">Whether it was done.</param>
/// <param name="Why">Why not, in the edge's words; or empty.</param>
/// <param name="At">When the hub learned it.</param>
public sealed record EdgeAnswer(string Edge, string Id, bool IsDone, string Why, DateTimeOffset At);
