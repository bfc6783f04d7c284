namespace Hub.Gateway.Fleet;

/// <summary>What became of messages that were tried again.</summary>
/// <param name="Messages">How many were tried.</param>
/// <param name="Taken">How many of them gave readings now.</param>
/// <param name="Readings">How many readings that were.</param>
public sealed record ReplayResult(int Messages, int Taken, int Readings);
