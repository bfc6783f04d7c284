namespace Hub.Rules.Site;

/// <summary>The meter behind a register point.</summary>
/// <param name="Serial">Its serial number; a new one is an exchange.</param>
/// <param name="PulseWeight">
/// Amount per pulse in the signal's unit (m³ or kWh); null if the meter reports its register itself.
/// </param>
/// <param name="RolloverAt">
/// The first value it can't show (99,999.9 → 0: 100,000) in the signal's unit; null if it never rolls over.
/// </param>
/// <param name="RateMax">
/// The greatest physical rate in the signal's unit per hour (1.25 × Q4, the main fuse); null for the signal's default.
/// </param>
public sealed record Meter(
    string? Serial = null, double? PulseWeight = null, double? RolloverAt = null, double? RateMax = null);
