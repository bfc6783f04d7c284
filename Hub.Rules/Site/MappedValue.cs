namespace Hub.Rules.Site;

/// <summary>One value of a JSON message, and the signal it becomes.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Signal">Such as <c>water.volume</c>.</param>
/// <param name="Unit">The unit it comes in, after the scale; empty for the signal's own.</param>
/// <param name="Scale">Times this: 10 for a meter that counts tens of litres.</param>
/// <param name="On">The word that means 1, every other one 0; null for numbers, true and false.</param>
public sealed record MappedValue(PayloadPath Path, string Signal, string Unit, double Scale = 1, string? On = null);
