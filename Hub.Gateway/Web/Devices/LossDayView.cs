using Hub.Gateway.Ingest;

namespace Hub.Gateway.Web.Devices;

/// <summary>One edge's gaps of one day.</summary>
/// <param name="Edge">Whose.</param>
/// <param name="Day">The site's day in which they ended; null if that is not known.</param>
/// <param name="Missing">Readings that are still missing.</param>
/// <param name="Gaps">Each gap, and whether it has been filled.</param>
public sealed record LossDayView(
    string Edge, DateOnly? Day, long Missing, IReadOnlyList<(LossGap Gap, bool IsFilled)> Gaps);
