using Hub.Rules.Engine;

namespace Hub.Gateway.Fleet;

/// <summary>Which messages that were set aside are to be tried again; all of them if nothing is said.</summary>
/// <param name="Number">Only this one.</param>
/// <param name="Source">Only those that this client sent.</param>
/// <param name="Kind">Only those that were set aside for that reason.</param>
public sealed record ReplayRequest(long? Number = null, string? Source = null, SetAsideKind? Kind = null);
