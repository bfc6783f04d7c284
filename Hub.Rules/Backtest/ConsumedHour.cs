namespace Hub.Rules.Backtest;

/// <summary>What one meter counted in one hour.</summary>
/// <param name="Hour">When it began.</param>
/// <param name="Device">As in the data.</param>
/// <param name="Litres">How much; negative for water that ran backwards.</param>
/// <param name="IsSpread">
/// The hour touches a stretch of which only the sum is known; the litres are its even share.
/// </param>
public sealed record ConsumedHour(DateTimeOffset Hour, string Device, double Litres, bool IsSpread);
