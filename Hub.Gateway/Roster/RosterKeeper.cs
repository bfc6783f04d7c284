namespace Hub.Gateway.Roster;

/// <summary>Knows who is on shift before the first clock runs out.</summary>
internal sealed class RosterKeeper(RosterBook book) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => book.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
