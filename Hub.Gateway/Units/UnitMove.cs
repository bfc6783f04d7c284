using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>One line of a unit's history.</summary>
/// <param name="Unit">Which.</param>
/// <param name="Occupancy">How it is from then on.</param>
/// <param name="At">Since when.</param>
/// <param name="NotedAt">When the ledger learnt of it.</param>
/// <param name="By">Who said so; empty for the site file.</param>
public sealed record UnitMove(
    string Unit, Occupancy Occupancy, DateTimeOffset At, DateTimeOffset NotedAt, string By);
