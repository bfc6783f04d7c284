namespace Hub.Gateway.Broker;

/// <summary>Once a second: who is silent, whose session is over, whose will is due. At the end: good-bye.</summary>
internal sealed class BrokerKeeper(MqttBroker broker, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var farewell = lifetime.ApplicationStopping.Register(broker.EndAll);
        using var timer = new PeriodicTimer(Every, broker.Options.NetworkTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await broker.CheckAsync();
        }
    }
}
