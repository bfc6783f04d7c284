namespace Hub.Gateway.Access;

/// <summary>Knows who may get in before the first one knocks.</summary>
internal sealed class AccessKeeper(AccessBook book) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => book.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
