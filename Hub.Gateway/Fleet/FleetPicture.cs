using Hub.Rules.Site;

namespace Hub.Gateway.Fleet;

/// <summary>The whole fleet at one look.</summary>
/// <param name="At">When.</param>
/// <param name="Edges">The worst first.</param>
/// <param name="Proposals">What waits to be commissioned, the newest first.</param>
/// <param name="Questions">Points that come in another unit, with what is asked about each.</param>
public sealed record FleetPicture(
    DateTimeOffset At, IReadOnlyList<EdgeHealth> Edges, IReadOnlyList<Proposal> Proposals,
    IReadOnlyList<(Point Point, UnitQuestion Question)> Questions);
