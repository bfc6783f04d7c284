namespace Hub.Gateway.Web.Vacant;

/// <summary>What a point said last.</summary>
/// <param name="Signal">The signal's name: a key of the <c>signal</c> words.</param>
/// <param name="Text">The value with its unit, or the word for a contact; empty if it never spoke.</param>
/// <param name="IsOdd">Whether a vacant unit should not say that.</param>
/// <param name="At">When it said so.</param>
public sealed record LiveSignal(string Signal, string Text, bool IsOdd, DateTimeOffset? At);
