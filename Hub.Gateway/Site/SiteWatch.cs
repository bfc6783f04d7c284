using Hub.Rules.Files;

namespace Hub.Gateway.Site;

/// <summary>
/// Looks every few seconds whether somebody has changed the site file or a rule pack, and takes the new ones if they
/// are good. If they aren't, every fault is in the log, and the running ones stay.
/// </summary>
public sealed class SiteWatch(SiteBook book, HubOptions options, ILogger<SiteWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    /// <summary>Reads the files and puts them in force, or gives everything that is wrong with them.</summary>
    public async Task<IReadOnlyList<Fault>> ReloadAsync(CancellationToken cancel)
    {
        try
        {
            var files = SiteFolder.Read(options, book.Current);
            await book.UseAsync(files, cancel);
            SiteMessages.Reloaded(logger);
            SayBlindSpots(files);
            return [];
        }
        catch (FaultyFilesException e)
        {
            SiteMessages.Refused(logger, e.Message);
            return e.Faults;
        }
    }

    private void SayBlindSpotsAtStart()
    {
        try
        {
            SayBlindSpots(SiteFolder.Read(options, book.Current));
        }
        catch (FaultyFilesException)
        {
            // Written to since the book read them: the next look says what is wrong.
        }
    }

    private void SayBlindSpots(SiteFolder files)
    {
        foreach (var finding in files.BlindSpots())
        {
            SiteMessages.Blind(logger, finding);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.SiteFile is null && options.RulesFolder is null)
        {
            return;
        }

        var seen = Stamp();
        SayBlindSpotsAtStart();
        using var look = new PeriodicTimer(LookEvery);
        while (await look.WaitForNextTickAsync(stoppingToken))
        {
            var now = Stamp();
            if (now != seen)
            {
                seen = now;
                await ReloadAsync(stoppingToken);
            }
        }
    }

    private string Stamp() => string.Join(
        '|', Files().Select(file => $"{file}@{File.GetLastWriteTimeUtc(file).Ticks}"));

    private IEnumerable<string> Files()
    {
        if (options.SiteFile is { } site)
        {
            yield return site;
        }

        if (options.RulesFolder is { } folder && Directory.Exists(folder))
        {
            foreach (var pack in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                if (Path.GetExtension(pack) is ".yaml" or ".trials")
                {
                    yield return pack;
                }
            }
        }
    }
}
