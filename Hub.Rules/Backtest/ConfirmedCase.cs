namespace Hub.Rules.Backtest;

/// <summary>An order of the past of which a person has said what it was.</summary>
/// <param name="Order">Its number.</param>
/// <param name="SpaceId">Where.</param>
/// <param name="Symptom">What about: with the space, what makes two alarms one order.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it was over.</param>
/// <param name="IsReal">Something was there; false where it was a false alarm.</param>
public sealed record ConfirmedCase(
    string Order, string SpaceId, string Symptom, DateTimeOffset From, DateTimeOffset To, bool IsReal);
