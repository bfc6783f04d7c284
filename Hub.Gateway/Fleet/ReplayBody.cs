namespace Hub.Gateway.Fleet;

/// <summary>Which messages to try again; all that were set aside if nothing is said.</summary>
/// <param name="Number">Only this one.</param>
/// <param name="Source">Only those of this client.</param>
/// <param name="Kind">Only those set aside for that reason, such as <c>Unreadable</c>.</param>
public sealed record ReplayBody(long? Number, string? Source, string? Kind);
