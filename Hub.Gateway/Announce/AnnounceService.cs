namespace Hub.Gateway.Announce;

/// <summary>Lets the announcer look again and again; without the option in the site file it does nothing.</summary>
internal sealed class AnnounceService(Announcer announcer, AnnounceOptions options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var look = new PeriodicTimer(options.LookEvery, options.Clock);
        try
        {
            while (await look.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Retained messages stay, and the next start compares them with the site.
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            await announcer.LookAsync(stopping);
        }
        catch (IOException)
        {
            // A site's own broker is away: what was not told is due again at the next look.
        }
    }
}
