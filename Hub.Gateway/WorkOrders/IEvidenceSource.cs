using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>Where the readings behind an alarm can be had for a chart; a hub without history has none.</summary>
public interface IEvidenceSource
{
    /// <summary>
    /// Sampled series of the evidence's points over its span, the main point first. Empty while the history has not
    /// got that far.
    /// </summary>
    ValueTask<IReadOnlyList<EvidenceSeries>> ReadAsync(Evidence evidence, CancellationToken cancel);
}
