namespace Hub.Rules.Simulation;

/// <summary>A fault that goes on now.</summary>
/// <param name="Number">Counts up; by this it is healed.</param>
/// <param name="Fault">What it is.</param>
/// <param name="From">Since when.</param>
/// <param name="Name">In plain words: <c>leak of 9 L/h in 3 栋 2 单元 1201</c>.</param>
public sealed record ActiveFault(int Number, SimulatedFault Fault, DateTimeOffset From, string Name);
