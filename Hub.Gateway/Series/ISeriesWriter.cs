namespace Hub.Gateway.Series;

/// <summary>
/// The seam to a time-series database: takes a batch whole, or says why not. It may be given the same batch again.
/// </summary>
public interface ISeriesWriter
{
    ValueTask<WriteAnswer> WriteAsync(ReadOnlyMemory<SeriesReading> batch, CancellationToken cancel);
}
