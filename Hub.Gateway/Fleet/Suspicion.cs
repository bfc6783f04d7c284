using System.Globalization;

namespace Hub.Gateway.Fleet;

/// <summary>What is wrong with something that does report.</summary>
/// <param name="Kind">What.</param>
/// <param name="Value">How much: seconds of a clock, percent of a battery; else 0.</param>
public sealed record Suspicion(SuspicionKind Kind, double Value = 0)
{
    /// <summary>For programs, and for engineers at a terminal; pages have their own words.</summary>
    public string Sentence => Kind switch
    {
        SuspicionKind.ClockAhead => $"Its clock is ahead by {HealthRule.Words(TimeSpan.FromSeconds(Value))}.",
        SuspicionKind.ClockOff => string.Create(
            CultureInfo.InvariantCulture,
            $"Its clock is off by {Value:0.#} s; at most {HealthRule.ClockOffsetSecondsMax} s are right."),
        SuspicionKind.Battery => string.Create(CultureInfo.InvariantCulture, $"Its battery is at {Value:0} %."),
        SuspicionKind.LostPulses => "It lost pulses in the last 24 hours.",
        _ => "It sent impossible values in the last 24 hours.",
    };
}
