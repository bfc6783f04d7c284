namespace Hub.Gateway.Series;

public sealed partial class SeriesDelivery
{
    [LoggerMessage(
        3201, LogLevel.Warning, "InfluxDB takes nothing at the moment; readings wait in the journal. {Reason}")]
    private static partial void Away(ILogger logger, string reason);

    [LoggerMessage(3202, LogLevel.Information, "InfluxDB takes readings again.")]
    private static partial void Back(ILogger logger);

    [LoggerMessage(
        3203, LogLevel.Warning, "InfluxDB refuses {Count} readings for good; they are parked. Of the first: {Reason}")]
    private static partial void Refused(ILogger logger, int count, string reason);
}
