namespace Hub.Gateway.Units;

/// <summary>A no, with its reason.</summary>
/// <param name="Fault">As a kind.</param>
/// <param name="Sentence">In plain English: what is in the way, and what helps.</param>
public sealed record UnitRefusal(UnitFault Fault, string Sentence);
