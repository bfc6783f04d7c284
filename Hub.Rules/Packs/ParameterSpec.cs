namespace Hub.Rules.Packs;

/// <summary>One setting of a detector.</summary>
/// <param name="Name">As written in a pack: <c>min-flow</c>.</param>
/// <param name="Dimension">What it measures; values are in that dimension's canonical unit.</param>
/// <param name="Default">Where a rule doesn't set it.</param>
/// <param name="Min">The least sensible value.</param>
/// <param name="Max">The greatest sensible value.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record ParameterSpec(
    string Name, Dimension Dimension, double Default, double Min, double Max, string Meaning);
