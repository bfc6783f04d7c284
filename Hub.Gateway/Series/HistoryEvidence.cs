using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>The readings behind an alarm, thinned out for the chart that is frozen into its order.</summary>
public sealed class HistoryEvidence(HistoryStore history) : IEvidenceSource
{
    /// <summary>As many as a phone has pixels for; an order keeps them for years.</summary>
    private const int SamplesMax = 240;
    private const int PointsMax = 8;

    public ValueTask<IReadOnlyList<EvidenceSeries>> ReadAsync(Evidence evidence, CancellationToken cancel) =>
        ValueTask.FromResult<IReadOnlyList<EvidenceSeries>>(
            evidence.To > evidence.From
                ? [.. evidence.Points.Take(PointsMax).Select(point => Read(point, evidence))]
                : []);

    /// <summary>The last reading of each stretch, as it was; a gap stays one.</summary>
    private EvidenceSeries Read(PointNumber point, Evidence evidence) => new(
        point,
        [
            .. history.Bucketed(point, evidence.From, evidence.To.AddTicks(1), SamplesMax)
                .Where(bucket => !bucket.IsGap)
                .Select(bucket => new EvidenceSample(
                new DateTimeOffset(bucket.LastAtTicks, TimeSpan.Zero), bucket.Last)),
        ]);
}
