using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Roster;

/// <summary>What one shift leaves to the next.</summary>
public sealed partial class RosterBook
{
    /// <summary>A note for whoever comes next in that grid.</summary>
    public async Task<(RosterRefusal Refusal, Handover? Handover)> LeaveAsync(
        string grid, string words, string by, CancellationToken cancel)
    {
        if (_picture.Sheet?.Grids.Any(one => one.Id == grid) != true)
        {
            return (_picture.Sheet is null ? RosterRefusal.NoRoster : RosterRefusal.UnknownGrid, null);
        }

        if (string.IsNullOrWhiteSpace(words) || words.Length > options.WordsCharsMax)
        {
            return (RosterRefusal.NoWords, null);
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = new HandoverRow { Grid = grid, By = by, At = time.GetUtcNow().UtcTicks, Words = words.Trim() };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        await db.Set<HandoverRow>().Where(one => one.Id <= row.Id - options.HandoversMax).ExecuteDeleteAsync(cancel);
        feed.Publish(Topic, grid);
        return (RosterRefusal.None, row.Handover());
    }

    /// <summary>Somebody has read it and taken over; who wrote it can't.</summary>
    public async Task<RosterRefusal> TakeOverAsync(long id, string by, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow().UtcTicks;
        // Of two at once, one is the first.
        var taken = await db.Set<HandoverRow>().Where(row => row.Id == id && row.TakenBy == null && row.By != by)
            .ExecuteUpdateAsync(
                row => row.SetProperty(one => one.TakenBy, by).SetProperty(one => one.TakenAt, now), cancel);
        if (taken == 0)
        {
            return await db.Set<HandoverRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) switch
            {
                null => RosterRefusal.NotFound,
                { TakenBy: null } => RosterRefusal.SamePerson,
                _ => RosterRefusal.AlreadyTaken,
            };
        }

        feed.Publish(Topic, "");
        return RosterRefusal.None;
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Handover>> HandoversAsync(int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<HandoverRow>().AsNoTracking().OrderByDescending(row => row.Id).Take(limit)
            .ToListAsync(cancel);
        return [.. rows.Select(row => row.Handover())];
    }
}
