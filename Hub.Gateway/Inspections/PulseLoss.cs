namespace Hub.Gateway.Inspections;

/// <summary>What a meter counted between two readings of its dial, and what came of it to the hub.</summary>
/// <param name="From">The first reading.</param>
/// <param name="To">The second.</param>
/// <param name="Dial">What the dial rose by, in the signal's own unit.</param>
/// <param name="Ours">What the hub's register rose by.</param>
public sealed record PulseLoss(DateTimeOffset From, DateTimeOffset To, double Dial, double Ours)
{
    /// <summary>Below zero the hub has counted what was not there: bouncing contacts.</summary>
    public double Lost => Dial - Ours;

    /// <summary>The share of the dial that was lost; 0 where the dial has not moved.</summary>
    public double Share => Dial > 0 ? Lost / Dial : 0;

    public bool IsTooMuch(InspectionPolicy policy) =>
        Math.Abs(Lost) > policy.LossMin && Math.Abs(Lost) > policy.LossShareMax * Dial;
}
