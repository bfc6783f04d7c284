using Hub.Gateway.Series;

namespace Hub.Gateway.Tests.Series;

/// <summary>Answers as it is told, and keeps what it was asked.</summary>
internal sealed class ScriptedReader(OlderPart answer) : ISeriesReader
{
    public List<OlderQuery> Asked { get; } = [];

    public ValueTask<OlderPart> ReadAsync(OlderQuery asked, CancellationToken cancel)
    {
        lock (Asked)
        {
            Asked.Add(asked);
        }

        return ValueTask.FromResult(answer);
    }
}
