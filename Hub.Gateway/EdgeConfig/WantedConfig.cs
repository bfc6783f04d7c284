namespace Hub.Gateway.EdgeConfig;

/// <summary>What somebody wants an edge to run with.</summary>
/// <param name="Edge">Which.</param>
/// <param name="Number">Counts up with each change of this edge's.</param>
/// <param name="Version">What the configuration calls itself; empty if it was taken back.</param>
/// <param name="Text">The JSON as it was sent; empty if it was taken back.</param>
/// <param name="At">Since when.</param>
/// <param name="By">Who has said so.</param>
public sealed record WantedConfig(
    string Edge, int Number, string Version, string Text, DateTimeOffset At, string By)
{
    public bool IsTakenBack => Text.Length == 0;
}
