using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Fleet;

/// <summary>
/// What the fleet keeps in hub.db: its checkpoint, the messages set aside, and which of their readings were released.
/// </summary>
internal sealed class FleetLedger(IDbContextFactory<HubDb> database, int setAsideMax)
{
    private long _asideThrough;

    /// <summary>The fold as it was saved, and the row to go on after.</summary>
    public async Task<(FleetFold Fold, long Cursor)> LoadAsync(long journalTail, CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        var saved = await db.Set<FleetRow>().AsNoTracking().SingleOrDefaultAsync(cancel);
        _asideThrough = await db.Set<SetAsideRow>().MaxAsync(row => (long?)row.Row, cancel) ?? 0;
        if (_asideThrough > journalTail || saved?.Cursor > journalTail)
        {
            // Another journal, whose rows have other names: messages of the old one stay to be read, under names of
            // their own.
            await db.Set<ReleaseRow>().ExecuteDeleteAsync(cancel);
            await db.Set<SetAsideRow>().ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Row, row => -row.Id).SetProperty(row => row.Place, 0), cancel);
            _asideThrough = 0;
        }

        if (saved is null)
        {
            return (new FleetFold(), 0);
        }

        using var reader = new BinaryReader(new MemoryStream(saved.State));
        return (FleetFold.Load(reader), saved.Cursor > journalTail ? 0 : saved.Cursor);
    }

    public bool IsStored(long row) => row <= _asideThrough;

    public async Task SaveAsync(
        long cursor, byte[]? state, List<SetAsideRow> asides, HashSet<(long Row, int Place, int Point)> releases,
        CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var number = await db.Set<SetAsideRow>().MaxAsync(row => (long?)row.Id, cancel) ?? 0;
        foreach (var aside in asides)
        {
            aside.Id = ++number;
            db.Add(aside);
        }

        foreach (var (row, place, point) in releases)
        {
            if (await db.Set<ReleaseRow>().FindAsync([row, place, point], cancel) is null)
            {
                db.Add(new ReleaseRow { Row = row, Place = place, Point = point });
            }
        }

        if (state is not null)
        {
            var saved = await db.Set<FleetRow>().SingleOrDefaultAsync(cancel)
                ?? db.Add(new FleetRow { Id = 1, State = state }).Entity;
            (saved.Cursor, saved.State) = (cursor, state);
        }

        await db.SaveChangesAsync(cancel);
        if (asides.Count > 0)
        {
            await db.Set<SetAsideRow>().Where(row => row.Id <= number - setAsideMax).ExecuteDeleteAsync(cancel);
            var first = await db.Set<SetAsideRow>().MinAsync(row => row.Row, cancel);
            await db.Set<ReleaseRow>().Where(release => release.Row < first).ExecuteDeleteAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        _asideThrough = asides.Count > 0 ? asides[^1].Row : _asideThrough;
    }

    /// <summary>The newest first, how many there are, and how many older ones were dropped for the limit.</summary>
    public async Task<SetAsidePage> PageAsync(int limit, long? before, CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        var all = db.Set<SetAsideRow>().AsNoTracking();
        var rows = await all.Where(row => before == null || row.Id < before)
            .OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancel);
        var count = await all.LongCountAsync(cancel);
        // Numbers count up from 1 without a hole, and only the oldest ever go.
        var first = await all.MinAsync(row => (long?)row.Id, cancel) ?? 1;
        var numbers = rows.Select(row => row.Row).ToList();
        var released = (await db.Set<ReleaseRow>().AsNoTracking()
            .Where(release => numbers.Contains(release.Row)).ToListAsync(cancel))
            .ToLookup(release => (release.Row, release.Place));
        return new SetAsidePage(
            [.. rows.Select(row => Message(row, released[(row.Row, row.Place)].Count()))], count, first - 1);
    }

    /// <summary>Messages that were set aside, the oldest first, with the points of them that were released.</summary>
    public async IAsyncEnumerable<(SetAsideRow Row, HashSet<int> Released)> HeldAsync(
        ReplayRequest which, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        var released = (await db.Set<ReleaseRow>().AsNoTracking().ToListAsync(cancel))
            .ToLookup(release => (release.Row, release.Place), release => release.Point);
        var waiting = db.Set<SetAsideRow>().AsNoTracking()
            .Where(row => (which.Number == null || row.Id == which.Number)
                && (which.Source == null || row.Source == which.Source)
                && (which.Kind == null || row.Kind == which.Kind))
            .OrderBy(row => row.Id).AsAsyncEnumerable();
        await foreach (var row in waiting.WithCancellation(cancel))
        {
            yield return (row, [.. released[(row.Row, row.Place)]]);
        }
    }

    private static SetAsideMessage Message(SetAsideRow row, int released) => new(
        row.Id, new DateTimeOffset(row.ReceivedAt, TimeSpan.Zero), row.Source, row.Topic, row.Kind, row.Reason,
        PayloadPreview.Of(row.Payload), row.Payload.Length, released);
}
