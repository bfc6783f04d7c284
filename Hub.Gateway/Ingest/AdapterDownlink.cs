using Hub.Gateway.Broker;

namespace Hub.Gateway.Ingest;

/// <summary>Publishes what adapters ask of devices.</summary>
internal sealed class AdapterDownlink(IngestService ingest, IDownlink downlink) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var request in ingest.Requests.ReadAsync(stoppingToken))
            {
                await downlink.PublishAsync(request.Topic, request.Payload, retain: false, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever asked asks again.
        }
    }
}
