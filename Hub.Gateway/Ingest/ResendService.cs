using System.Text.Json;
using Hub.Gateway.Broker;
using Hub.Transport.Messages;

namespace Hub.Gateway.Ingest;

/// <summary>
/// Asks edges to send again what the loss ledger misses: after a restore from a backup, or when rows of the journal are
/// gone, an edge may still keep what the hub had acknowledged. Duplicates are known by their numbers.
/// </summary>
internal sealed class ResendService(
    LossLedger losses, IngestService ingest, IDownlink downlink, IngestOptions options) : BackgroundService
{
    private readonly ResendAsks _asks = new(options);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var begun = options.HousekeepingTime.GetTimestamp();
        using var timer = new PeriodicTimer(options.CheckpointEvery, options.HousekeepingTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = options.HousekeepingTime.GetElapsedTime(begun);
            foreach (var (gap, epoch) in _asks.Due(losses.Gaps(), ingest.IsOnline, now))
            {
                // A new id each time: the edge does the same one once.
                var id = $"resend-{Guid.NewGuid():N}";
                var command = new { id, @do = "resend", epoch, from = gap.From, to = gap.To };
                await downlink.PublishAsync(
                    Topics.Command(gap.Edge), JsonSerializer.SerializeToUtf8Bytes(command), retain: false,
                    stoppingToken);
            }
        }
    }
}
