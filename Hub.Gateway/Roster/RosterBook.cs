using Hub.Gateway.Live;
using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Hub.Gateway.WorkOrders;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Roster;

/// <summary>The roster on the disk and in memory. What is answered is on the disk.</summary>
public sealed partial class RosterBook(
    IDbContextFactory<HubDb> dbs, IPremises premises, LiveFeed feed, RosterOptions options, TimeProvider time,
    ILogger<RosterBook> logger, IStillness? still = null) : IDuty, IDisposable
{
    /// <summary>The topic of the live feed.</summary>
    public const string Topic = "roster";

    private readonly Turn _writing = new();

    private volatile RosterPicture _picture = RosterPicture.Empty;

    public RosterPicture Picture => _picture;

    /// <summary>Who is on shift; null before the first import.</summary>
    public DutyTable? Duty => _picture is { Sheet: { } sheet } picture
        ? new DutyTable(sheet, picture.Covers, premises.Current, premises.Zone, still?.Now)
        : null;

    IDutyTable? IDuty.Now => Duty;

    /// <summary>Reads what is on the disk.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        await (still?.LoadAsync(cancel) ?? Task.CompletedTask);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<RosterRow>().AsNoTracking().OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancel);
        _picture = new RosterPicture(
            row?.Sheet(), await CoversAsync(db, cancel), row is null ? null : Instant(row.At), row?.By);
    }

    /// <summary>Somebody stands in for somebody, or nobody does.</summary>
    public async Task<(RosterRefusal Refusal, Cover? Cover)> AddCoverAsync(
        string absent, string? standIn, DateTimeOffset from, DateTimeOffset to, string by, CancellationToken cancel)
    {
        Cover? made = null;
        var refusal = RosterRefusal.None;
        await ChangeAsync(
            async db =>
            {
                var now = time.GetUtcNow();
                refusal = WhyNot(absent, standIn, from, to, now);
                if (refusal != RosterRefusal.None)
                {
                    return _picture;
                }

                var row = CoverRow.Of(new CoverPlan(absent, standIn, from, to), by, now);
                db.Add(row);
                await db.SaveChangesAsync(cancel);
                made = row.Cover();
                return _picture with { Covers = await CoversAsync(db, cancel) };
            },
            cancel);
        return (refusal, made);
    }

    /// <summary>Takes a cover back; what was while it held, was.</summary>
    public async Task<RosterRefusal> EndCoverAsync(long id, string by, CancellationToken cancel)
    {
        var ended = 0;
        await ChangeAsync(
            async db =>
            {
                var now = time.GetUtcNow().UtcTicks;
                // One that holds now ends now: those who were called under it were called by it.
                ended = await db.Set<CoverRow>().Where(row => row.Id == id && row.EndedAt == null && row.To > now)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(one => one.EndedAt, now).SetProperty(one => one.EndedBy, by)
                            .SetProperty(one => one.To, one => one.From > now ? one.From : now),
                        cancel);
                return _picture with { Covers = await CoversAsync(db, cancel) };
            },
            cancel);
        return ended > 0 ? RosterRefusal.None : RosterRefusal.NotFound;
    }

    public void Dispose() => _writing.Dispose();

    private RosterRefusal WhyNot(
        string absent, string? standIn, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (_picture.Sheet is not { } sheet)
        {
            return RosterRefusal.NoRoster;
        }

        return sheet.Find(absent) is null || (standIn is not null && sheet.Find(standIn) is null)
            ? RosterRefusal.UnknownPerson
            : absent == standIn ? RosterRefusal.SamePerson
            : from >= to || to <= now || to > now + options.CoverMax ? RosterRefusal.WrongTimes
            : _picture.Covers.Count(cover => cover.To > now) >= options.CoversMax ? RosterRefusal.TooMany
            : RosterRefusal.None;
    }

    private async Task ChangeAsync(Func<HubDb, Task<RosterPicture>> change, CancellationToken cancel)
    {
        using var turn = await _writing.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var before = _picture;
        _picture = await change(db);
        if (before != _picture)
        {
            feed.Publish(Topic, "");
        }
    }

    private async Task<IReadOnlyList<Cover>> CoversAsync(HubDb db, CancellationToken cancel)
    {
        var since = (time.GetUtcNow() - options.CoverKeptFor).UtcTicks;
        var rows = await db.Set<CoverRow>().AsNoTracking().Where(row => row.To > since && row.From < row.To)
            .OrderBy(row => row.Id).ToListAsync(cancel);
        return [.. rows.Select(row => row.Cover())];
    }

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    private static partial class Log
    {
        [LoggerMessage(2501, LogLevel.Information,
            "A roster of {People} people, {Grids} grids and {Shifts} shifts is in force; it came from {By}.")]
        public static partial void Imported(ILogger logger, int people, int grids, int shifts, string by);
    }
}
