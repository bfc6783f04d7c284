using Hub.Rules.Readings;

namespace Hub.Gateway.WorkOrders;

/// <summary>What one point showed, as it is frozen into an order.</summary>
/// <param name="Point">Which.</param>
/// <param name="Samples">Oldest first.</param>
public sealed record EvidenceSeries(PointNumber Point, IReadOnlyList<EvidenceSample> Samples);
