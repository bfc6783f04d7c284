using Hub.Rules.Conditions;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// One reading in its place: what a detector sees. Registers and intervals have become consumption; occupancy and
/// planned windows are those of the reading's own time.
/// </summary>
public readonly struct Sample
{
    /// <summary>Event time, UTC ticks.</summary>
    public required long At { get; init; }

    /// <summary>Since when <see cref="Delta"/> counts; the reading before for a gauge; 0 if there was none.</summary>
    public required long From { get; init; }

    /// <summary>The value in the signal's unit.</summary>
    public required double Value { get; init; }

    /// <summary>Consumed in (From, At], in m³ or kWh; NaN where that is unknown, and for gauges and contacts.</summary>
    public required double Delta { get; init; }

    /// <summary>What the register made of it; <see cref="RegisterStep.Advanced"/> for all else.</summary>
    public required RegisterStep Step { get; init; }

    /// <summary>The point reports consumption, not a register: each value stands for itself.</summary>
    public bool IsInterval { get; init; }

    /// <summary>How far a suspect value is off.</summary>
    public double Excess { get; init; }

    /// <summary>How long this point usually takes from reading to reading; 0 while unknown.</summary>
    public long Usual { get; init; }

    /// <summary>The meter's least step in the signal's unit.</summary>
    public double Resolution { get; init; }

    /// <summary>The greatest physical rate in the signal's unit per hour.</summary>
    public double RateMax { get; init; }

    /// <summary>Nobody lives there at <see cref="At"/>.</summary>
    public bool IsVacant { get; init; }

    /// <summary>Since when nobody lives there, if that is so and known; else 0.</summary>
    public long VacantSince { get; init; }

    /// <summary>A planned window covers part of (From, At] at least.</summary>
    public bool IsExcused { get; init; }

    /// <summary>What is known of the door's lock; null if no contact watches it, or its source is offline.</summary>
    public LockLog? Lock { get; init; }

    /// <summary>It came out of a backlog: what it says of the device's own state is over.</summary>
    public bool IsStale { get; init; }

    /// <summary>Readings of its source are known to be lost between the two.</summary>
    public bool HasLoss { get; init; }

    /// <summary>What this electricity point is used to; null for other points.</summary>
    public PowerHabit? Habit { get; init; }

    public double Hours => (At - From) / (double)TimeSpan.TicksPerHour;

    /// <summary>Delta is consumption that can be believed.</summary>
    public bool IsConsumption => !double.IsNaN(Delta) && From > 0
        && Step is RegisterStep.Advanced or RegisterStep.RolledOver or RegisterStep.BlipOver or RegisterStep.CaughtUp;

    /// <summary>So long without a reading that nothing is known of how the consumption was spread.</summary>
    public bool IsGap => HasLoss || (Usual > 0 && At - From > (5 * Usual / 2));

    /// <summary>The whole of (From, At] lies in the vacancy.</summary>
    public bool IsVacantThroughout => IsVacant && From >= VacantSince;
}
