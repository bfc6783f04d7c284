using System.Threading.Channels;
using Hub.Gateway.Journal;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Site;

/// <summary>
/// What is where, and who lives there. One writer: it takes all the changes that wait, commits them to hub.db as
/// intended, journals them, and only then shows the new picture, so in the journal a point always comes before its
/// readings.
/// </summary>
public sealed class SiteBook(
    JournalLog journal, IDbContextFactory<HubDb> database, HubOptions options, TimeProvider time) : BackgroundService
{
    private const int RequestsMax = 4_096;

    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(RequestsMax);
    private volatile SiteSnapshot _current = SiteSnapshot.Empty;
    private volatile SiteFile _file = SiteFile.Empty;
    private long _fileVersion;

    public SiteSnapshot Current => _current;

    /// <summary>The site file in force; an empty one without.</summary>
    public SiteFile File => _file;

    /// <summary>Rises with each file that comes into force.</summary>
    public long FileVersion => Interlocked.Read(ref _fileVersion);

    /// <summary>The site's zone: for display, shifts and calendars; what is stored is always UTC.</summary>
    public TimeZoneInfo Zone => _file.Info.Zone;

    public string Hotline => _file.Info.Hotline;

    /// <summary>Journals a change and shows it. Returns when it is durable.</summary>
    public Task ChangeAsync(SiteChange change, CancellationToken cancel) => ChangeAsync([change], cancel);

    /// <summary>Journals changes that belong together, in their order, and shows them as one.</summary>
    public Task ChangeAsync(IReadOnlyList<SiteChange> changes, CancellationToken cancel) =>
        AskAsync(_ => changes, cancel);

    /// <summary>
    /// Decides on the site as it stands when its turn comes, and journals what that comes to: of two who want the same,
    /// the second decides on what the first has left.
    /// </summary>
    /// <param name="decide">Gives the changes; must not fail.</param>
    /// <param name="cancel">Stops waiting.</param>
    public Task ChangeAsync(Func<SiteSnapshot, IReadOnlyList<SiteChange>> decide, CancellationToken cancel) =>
        AskAsync(decide, cancel);

    /// <summary>
    /// The point of that name, brought into service if the site file's patterns allow it without asking;
    /// null if nobody has commissioned it.
    /// </summary>
    /// <param name="edge">Who reports it.</param>
    /// <param name="device">The device's name there.</param>
    /// <param name="signal">What it measures.</param>
    /// <param name="sent">The unit it comes in, which becomes its own if it is heard for the first time.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<Point?> ResolveAsync(
        string edge, string device, string signal, SentUnit? sent, CancellationToken cancel)
    {
        var id = Point.IdOf(edge, device, signal);
        if (_current.Find(id) is { } known)
        {
            if (sent is null || known.Sent is not null)
            {
                return known;
            }

            await AskAsync(site => SitePlan.Agree(site, id, sent), cancel);
            return _current.Find(id);
        }

        if (_file.PatternFor(edge, device) is not { IsAutomatic: true } pattern)
        {
            return null;
        }

        var space = pattern.SpaceFor(edge, device);
        await AskAsync(site => SitePlan.Commission(site, edge, device, signal, space, sent), cancel);
        return _current.Find(id);
    }

    /// <summary>Brings a point into service at that space, a new facility if nobody has described it.</summary>
    public Task CommissionAsync(string edge, string device, string signal, string spaceId, CancellationToken cancel) =>
        AskAsync(site => SitePlan.Commission(site, edge, device, signal, spaceId), cancel);

    /// <summary>Every change since the first start, oldest first, and when it was made.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, SiteChange Change)>> ChangesAsync(CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        var rows = await db.Set<SiteChangeRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancel);
        return [.. rows.Select(row => (new DateTimeOffset(row.AtTicks, TimeSpan.Zero), SiteChangeJson.Read(row.Json)))];
    }

    /// <summary>Every activation of a rule pack since the first start, oldest first.</summary>
    public async Task<IReadOnlyList<PackActivation>> ActivationsAsync(CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        var rows = await db.Set<SiteChangeRow>().AsNoTracking().Where(row => row.Json.Contains("\"rules-activated\""))
            .OrderBy(row => row.Id).ToListAsync(cancel);
        return
        [
            .. from row in rows
               let change = SiteChangeJson.Read(row.Json) as SiteChange.RulesActivated
               where change is not null
               select new PackActivation(new DateTimeOffset(row.AtTicks, TimeSpan.Zero), change),
        ];
    }

    /// <summary>Makes the site what its files say; what they don't mention stays.</summary>
    public async Task UseAsync(SiteFolder files, CancellationToken cancel)
    {
        _file = files.Site;
        Interlocked.Increment(ref _fileVersion);
        await AskAsync(site => SitePlan.Changes(site, files.Site), cancel);
        await AskAsync(site => SitePlan.Activate(site, files.Packs, options.RulesFolder is not null), cancel);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
        await UseAsync(SiteFolder.Read(options, _current), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Request>();
        try
        {
            while (await _requests.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < RequestsMax && _requests.Reader.TryRead(out var request))
                {
                    batch.Add(request);
                }

                await CommitAsync(batch, stoppingToken);
                batch.Clear();
            }
        }
        catch (Exception e)
        {
            // Whoever still waits in the queue waits for nobody.
            _requests.Writer.TryComplete();
            while (_requests.Reader.TryRead(out var request))
            {
                batch.Add(request);
            }

            batch.ForEach(request => request.Done.TrySetException(e));

            if (e is OperationCanceledException && stoppingToken.IsCancellationRequested)
            {
                return;
            }

            throw;
        }
    }

    private async Task AskAsync(Func<SiteSnapshot, IReadOnlyList<SiteChange>> decide, CancellationToken cancel)
    {
        var request = new Request(decide, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _requests.Writer.WriteAsync(request, cancel);
        await request.Done.Task.WaitAsync(cancel);
    }

    private async Task CommitAsync(List<Request> batch, CancellationToken stopping)
    {
        var site = _current;
        var changes = new List<SiteChange>();
        foreach (var request in batch)
        {
            var decided = request.Decide(site);
            changes.AddRange(decided);
            site = decided.Aggregate(site, (before, change) => before.With(change));
        }

        if (changes.Count > 0)
        {
            var at = time.GetUtcNow();
            await Patience.UntilDoneAsync(() => IntendAsync(changes, at, stopping), stopping);
            await JournalAsync(changes, at, stopping);
            await Patience.UntilDoneAsync(() => NoteJournalledAsync(stopping), stopping);
            _current = site;
        }

        foreach (var request in batch)
        {
            request.Done.TrySetResult();
        }
    }

    /// <summary>Nobody may have heard that it was done: a change can be taken twice.</summary>
    private async Task IntendAsync(List<SiteChange> changes, DateTimeOffset at, CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        db.AddRange(changes.Select(change => new SiteChangeRow
        {
            AtTicks = at.UtcTicks,
            Json = SiteChangeJson.Write(change),
        }));
        await db.SaveChangesAsync(cancel);
    }

    private async Task NoteJournalledAsync(CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        await db.Set<SiteChangeRow>().Where(row => !row.IsJournalled)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsJournalled, true), cancel);
    }

    internal async Task LoadAsync(CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        var rows = await db.Set<SiteChangeRow>().OrderBy(row => row.Id).ToListAsync(cancel);
        _current = rows.Aggregate(SiteSnapshot.Empty, (site, row) => site.With(SiteChangeJson.Read(row.Json)));

        // A crash between hub.db and the journal leaves changes that were only intended. Each can be taken twice.
        foreach (var row in rows.Where(row => !row.IsJournalled))
        {
            await JournalAsync([SiteChangeJson.Read(row.Json)], new DateTimeOffset(row.AtTicks, TimeSpan.Zero), cancel);
            row.IsJournalled = true;
        }

        await db.SaveChangesAsync(cancel);
    }

    private Task JournalAsync(IEnumerable<SiteChange> changes, DateTimeOffset at, CancellationToken cancel) =>
        Task.WhenAll(changes
            .Select(change => journal.AppendAsync(new Entry.Changed(at, change), cancel).AsTask())
            .ToList());

    private sealed record Request(Func<SiteSnapshot, IReadOnlyList<SiteChange>> Decide, TaskCompletionSource Done);
}
