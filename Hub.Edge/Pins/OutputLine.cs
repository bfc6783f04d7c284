namespace Hub.Edge.Pins;

/// <summary>An output to drive.</summary>
public sealed record OutputLine(int Line, bool ActiveLow);
