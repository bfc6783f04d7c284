namespace Hub.Gateway.Inspections;

/// <summary>
/// A dial that a person has read, beside what the hub had counted by then: from then on the hub's register plus the
/// difference is what the dial shows. Between two of them, what the hub missed is what pulses were lost.
/// </summary>
/// <param name="Point">The meter's point.</param>
/// <param name="Serial">The meter; another one begins anew.</param>
/// <param name="At">When it was read.</param>
/// <param name="Read">What it showed, in the signal's own unit.</param>
/// <param name="Ours">The hub's register at that moment; null if the hub knew of none.</param>
public sealed record MeterTruth(int Point, string Serial, DateTimeOffset At, double Read, double? Ours)
{
    /// <summary>What the dial shows when the hub's register stands there; null if nobody knows.</summary>
    public double? DialAt(double ours, double? rolloverAt)
    {
        var dial = Read + ours - Ours;
        return dial >= rolloverAt ? dial - rolloverAt : dial;
    }

    /// <summary>What was lost since the reading before; null if one is not known, or of another meter.</summary>
    public PulseLoss? LossSince(MeterTruth before, double? rolloverAt) =>
        before.Serial == Serial && Rise(before.Read, Read, rolloverAt) is { } dial
        && Rise(before.Ours, Ours, rolloverAt) is { } ours
            ? new PulseLoss(before.At, At, dial, ours)
            : null;

    private static double? Rise(double? from, double? to, double? rolloverAt) =>
        to >= from ? to - from : to + rolloverAt - from;
}
