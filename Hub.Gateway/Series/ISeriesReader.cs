namespace Hub.Gateway.Series;

/// <summary>Asks the database beside the embedded history; what goes wrong is a state, not an exception.</summary>
public interface ISeriesReader
{
    ValueTask<OlderPart> ReadAsync(OlderQuery asked, CancellationToken cancel);
}
