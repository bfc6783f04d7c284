using Hub.Gateway.Live;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Hub.Rules.Files;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Units;

/// <summary>
/// Which units nobody lives in, since when, and who will be in them. Who lives where is the site's, journalled before
/// it is shown, so the rules switch with it and a replay switches at the same row; the ledger adds whose they are and
/// their history, which it brings up to date from the site: what a crash, or the site file, has left out is noted then.
/// </summary>
public sealed class UnitLedger(
    SiteBook book, IDbContextFactory<HubDb> dbs, LiveFeed feed, UnitPolicy policy, TimeProvider time) : IDisposable
{
    /// <summary>The topic of the live feed; the key is the unit's id.</summary>
    public const string Topic = "unit";

    private readonly Turn _turn = new();

    // Both belong to whoever has the turn; null before the tables are read.
    private Dictionary<string, UnitMove>? _last;
    private SiteSnapshot? _noted;

    public SiteSnapshot Site => book.Current;

    public TimeZoneInfo Zone => book.Zone;

    /// <summary>Whose units are whose: file numbers by unit.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnersAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Set<UnitCardRow>().AsNoTracking()
            .ToDictionaryAsync(row => row.SpaceId, row => row.Owner, cancel);
    }

    /// <summary>When which unit became what, oldest first; of all units without one.</summary>
    public async Task<IReadOnlyList<UnitMove>> MovesAsync(string? unit, CancellationToken cancel)
    {
        await InTurnAsync(() => Task.FromResult(true), "", null, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<UnitMoveRow>().AsNoTracking().Where(row => unit == null || row.SpaceId == unit)
            .OrderBy(row => row.Id).ToListAsync(cancel);
        return [.. rows.Select(row => row.Move())];
    }

    /// <summary>Somebody has moved in, or nobody lives there any more. The rules switch before it returns.</summary>
    public Task<UnitRefusal?> MoveAsync(
        string unit, Occupancy to, DateTimeOffset at, string by, CancellationToken cancel) => InTurnAsync(
        () => DecideAsync(site => UnitDecider.Move(site, unit, to, at, by, time.GetUtcNow(), policy), cancel),
        by, at, cancel);

    public Task<UnitRefusal?> PlanAsync(PlannedWindow window, CancellationToken cancel) =>
        DecideAsync(site => UnitDecider.Plan(site, window, time.GetUtcNow(), policy), cancel);

    public Task<UnitRefusal?> WithdrawAsync(PlannedWindow window, CancellationToken cancel) =>
        DecideAsync(site => UnitDecider.Withdraw(site, window, time.GetUtcNow()), cancel);

    /// <summary>Puts the owner's file number on the unit's card; an empty one takes it off.</summary>
    public async Task<UnitRefusal?> OwnAsync(string unit, string owner, CancellationToken cancel)
    {
        if (book.Current.Spaces.GetValueOrDefault(unit) is not { Kind: SpaceKind.Unit })
        {
            return new UnitRefusal(UnitFault.UnknownUnit, $"There is no unit {unit}.");
        }

        if (owner.Length > UnitPolicy.OwnerCharsMax)
        {
            return new UnitRefusal(
                UnitFault.TextTooLong, $"An owner's number has at most {UnitPolicy.OwnerCharsMax} characters.");
        }

        await WriteOwnersAsync([new(unit, owner)], cancel);
        return null;
    }

    /// <summary>The file against the ledger, or everything that is wrong with it. Changes nothing.</summary>
    public async Task<Checked<LedgerDiff>> CompareAsync(string file, string text, CancellationToken cancel)
    {
        var site = book.Current;
        var read = LedgerFile.Read(file, text, book.Zone, time.GetUtcNow(), site);
        return read.Value is { } lines
            ? new Checked<LedgerDiff>(LedgerDiff.Of(site, await OwnersAsync(cancel), lines), [])
            : new Checked<LedgerDiff>(null, read.Faults);
    }

    /// <summary>Makes the ledger what the file says; units that it does not mention stay.</summary>
    /// <param name="seen">The comparison as it was shown: if the ledger has moved on, nothing is applied.</param>
    /// <param name="by">Who applies it.</param>
    /// <param name="cancel">Stops waiting.</param>
    public Task<UnitRefusal?> ApplyAsync(LedgerDiff seen, string by, CancellationToken cancel) => InTurnAsync(
        async () =>
        {
            var owners = await OwnersAsync(cancel);
            var refusal = await DecideAsync(
                site =>
                {
                    var lines = seen.Added.Concat(seen.Changed.Select(change => change.Line)).ToList();
                    return LedgerDiff.Of(site, owners, lines).Fingerprint == seen.Fingerprint
                        ? new UnitDecision(seen.Changes(by, time.GetUtcNow()))
                        : UnitDecision.No(UnitFault.Changed, "The ledger has changed meanwhile: compare again.");
                },
                cancel);
            if (refusal is null)
            {
                await WriteOwnersAsync(
                    [
                        .. seen.Added.Concat(seen.Changed.Where(change => change.IsOwner).Select(change => change.Line))
                            .Where(line => line.Owner is not null)
                            .Select(line => KeyValuePair.Create(line.Unit.Id, line.Owner!)),
                    ],
                    cancel);
            }

            return refusal;
        },
        by, null, cancel);

    public void Dispose() => _turn.Dispose();

    private async Task<UnitRefusal?> DecideAsync(Func<SiteSnapshot, UnitDecision> decide, CancellationToken cancel)
    {
        var decision = new UnitDecision([]);
        await book.ChangeAsync(site => (decision = decide(site)).Changes, cancel);
        foreach (var unit in decision.Changes.Select(UnitOf).OfType<string>().Distinct())
        {
            feed.Publish(Topic, unit);
        }

        return decision.Refusal;
    }

    private static string? UnitOf(SiteChange change) => change switch
    {
        SiteChange.OccupancyChanged moved => moved.SpaceId,
        SiteChange.WindowPlanned planned => planned.Window.SpaceId,
        SiteChange.WindowWithdrawn withdrawn => withdrawn.Window.SpaceId,
        SiteChange.SpaceDefined defined => defined.Space.Id,
        _ => null,
    };

    /// <summary>One after the other, so that what has moved since the last look was moved by this one.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> act, string by, DateTimeOffset? at, CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        await NoteAsync("", null, cancel);
        var answer = await act();
        await NoteAsync(by, at, cancel);
        return answer;
    }

    private async Task NoteAsync(string by, DateTimeOffset? at, CancellationToken cancel)
    {
        var site = book.Current;
        if (ReferenceEquals(site.Spaces, _noted?.Spaces))
        {
            return;
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        _last ??= await LastAsync(db, cancel);
        var now = time.GetUtcNow();
        var moves = UnitHistory.Missing(site, _last, by, at ?? now, now).ToList();
        db.AddRange(moves.Select(move => new UnitMoveRow
        {
            SpaceId = move.Unit,
            Occupancy = move.Occupancy,
            AtTicks = move.At.UtcTicks,
            NotedTicks = move.NotedAt.UtcTicks,
            By = move.By,
        }));
        await db.SaveChangesAsync(cancel);
        foreach (var move in moves)
        {
            _last[move.Unit] = move;
        }

        _noted = site;
    }

    private static async Task<Dictionary<string, UnitMove>> LastAsync(HubDb db, CancellationToken cancel)
    {
        var last = new Dictionary<string, UnitMove>(StringComparer.Ordinal);
        var rows = db.Set<UnitMoveRow>().AsNoTracking().OrderBy(row => row.Id);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancel))
        {
            last[row.SpaceId] = row.Move();
        }

        return last;
    }

    private async Task WriteOwnersAsync(IReadOnlyList<KeyValuePair<string, string>> owners, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var cards = await db.Set<UnitCardRow>().ToDictionaryAsync(row => row.SpaceId, cancel);
        foreach (var (unit, owner) in owners)
        {
            switch (cards.GetValueOrDefault(unit), owner.Length)
            {
                case ({ } card, 0):
                    db.Remove(card);
                    break;
                case ({ } card, _):
                    card.Owner = owner;
                    break;
                case (null, > 0):
                    db.Add(new UnitCardRow { SpaceId = unit, Owner = owner });
                    break;
            }
        }

        await db.SaveChangesAsync(cancel);
        foreach (var (unit, _) in owners)
        {
            feed.Publish(Topic, unit);
        }
    }
}
