namespace Hub.Rules.Simulation;

/// <summary>One value that a simulated device reports.</summary>
/// <param name="Edge">The edge it is wired to.</param>
/// <param name="Device">The edge-local device.</param>
/// <param name="Signal">The signal's name.</param>
/// <param name="At">The instant by that edge's clock.</param>
/// <param name="Value">In the signal's own unit; registers as registers.</param>
public readonly record struct SimulatedSample(
    string Edge, string Device, string Signal, DateTimeOffset At, double Value);
