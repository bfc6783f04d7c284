namespace Hub.Gateway.Series;

/// <summary>How far a backfill is.</summary>
/// <param name="State">none, running or done; a restart makes it none.</param>
/// <param name="PointsDone">Points whose history InfluxDB has.</param>
/// <param name="Points">How many there are.</param>
/// <param name="Sent">Readings that InfluxDB has taken.</param>
/// <param name="Refused">Readings that it can't take, or has refused for what they are.</param>
/// <param name="Trouble">Why nothing is taken at the moment; null while all is well.</param>
public sealed record BackfillStatus(
    string State, int PointsDone, int Points, long Sent, long Refused, string? Trouble);
