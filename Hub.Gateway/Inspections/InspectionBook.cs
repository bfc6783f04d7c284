using System.Globalization;
using Hub.Gateway.Live;
using Hub.Gateway.Storage;
using Hub.Gateway.Units;
using Hub.Rules.Readings;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Inspections;

/// <summary>
/// The rounds and what was seen in them. A report is taken whole or not at all, and once: its id is the phone's, and
/// the same report again is answered like the first time. What is found becomes orders by <see cref="FindingDesk"/>.
/// </summary>
public sealed class InspectionBook(
    UnitLedger ledger, IDbContextFactory<HubDb> dbs, DialBook dials, PhotoFolder photos, InspectionPolicy policy,
    LiveFeed feed, TimeProvider time)
{
    /// <summary>The topic of the live feed; the key is the unit's id.</summary>
    public const string Topic = "inspection";

    private const int IdCharsMax = 64;

    /// <summary>The round of this month, begun if it is not there yet: vacant units in walking order.</summary>
    /// <param name="building">One building, or null for all.</param>
    /// <param name="by">Who begins it.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<Round> BeginAsync(string? building, string by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var month = TimeZoneInfo.ConvertTime(now, ledger.Zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var id = building is null ? month : $"{month}-{building}";
        if (await FindRoundAsync(id, cancel) is { } begun)
        {
            return begun;
        }

        var stops = WalkingOrder.Of(ledger.Site.Spaces.Values.Where(
            unit => unit.IsVacant && (building is null || unit.Building == building)));
        var row = new RoundRow
        {
            Id = id,
            BegunTicks = now.UtcTicks,
            By = by,
            Stops = string.Join(' ', stops.Select(unit => unit.Id)),
        };
        await using var db = await dbs.CreateDbContextAsync(cancel);
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e)
        {
            // Two began it at the same moment: it is one round.
            return await FindRoundAsync(id, cancel) ?? throw new IOException("The round can't be written.", e);
        }

        return Round.Of(row);
    }

    public async Task<Round?> FindRoundAsync(string id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Set<RoundRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) is { } row
            ? Round.Of(row)
            : null;
    }

    /// <summary>The rounds, the newest first.</summary>
    public async Task<IReadOnlyList<Round>> RoundsAsync(int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<RoundRow>().AsNoTracking().OrderByDescending(row => row.BegunTicks).Take(limit)
            .ToListAsync(cancel);
        return [.. rows.Select(Round.Of)];
    }

    /// <summary>Takes a report; the same one again changes nothing.</summary>
    public async Task<InspectionRefusal?> TakeAsync(
        string id, InspectionReport sent, string by, CancellationToken cancel)
    {
        var (now, report) = (time.GetUtcNow(), sent.Whole());
        var faults = ReportCheck.Faults(report, ledger.Site, now, policy);
        if (id.Length is 0 or > IdCharsMax || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            faults = [$"id: 1 to {IdCharsMax} letters, digits and '-'", .. faults];
        }

        if (faults.Count > 0)
        {
            return new InspectionRefusal(InspectionFault.Wrong, faults);
        }

        if (await FindRoundAsync(report.Round, cancel) is null)
        {
            return new InspectionRefusal(InspectionFault.NotFound, $"There is no round {report.Round}.");
        }

        var body = InspectionJson.Write(report);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await KnownAsync(db, id, cancel) is { } known)
        {
            return Again(known, body, by);
        }

        if (await db.Set<PhotoRow>().SumAsync(row => row.Bytes, cancel) + report.Photos.Sum(photo => photo.Bytes)
            > policy.FolderBytesMax)
        {
            return new InspectionRefusal(InspectionFault.NoRoom, "The photos' folder is full; make room first.");
        }

        await AddAsync(db, id, report, body, by, now, cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // The same report twice at the same moment: the other one was first.
            await using var again = await dbs.CreateDbContextAsync(cancel);
            if (await KnownAsync(again, id, cancel) is { } first)
            {
                return Again(first, body, by);
            }

            throw;
        }

        feed.Publish(Topic, report.Unit);
        return null;
    }

    public async Task<Inspection?> FindAsync(string id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await KnownAsync(db, id, cancel) is { } row ? Inspection.Of(row) : null;
    }

    /// <summary>The inspections of a round, in the order in which they came.</summary>
    public async Task<IReadOnlyList<Inspection>> OfRoundAsync(string round, CancellationToken cancel) =>
        await ListAsync(rows => rows.Where(row => row.RoundId == round).OrderBy(row => row.NotedTicks), cancel);

    /// <summary>Those made in that time, by the phones' own clocks.</summary>
    public async Task<IReadOnlyList<Inspection>> BetweenAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var (first, last) = (from.UtcTicks, to.UtcTicks);
        return await ListAsync(
            rows => rows.Where(row => row.AtTicks >= first && row.AtTicks < last).OrderBy(row => row.AtTicks), cancel);
    }

    /// <summary>The photo as an inspection has announced it; null if none has.</summary>
    public async Task<PhotoNote?> PhotoAsync(string sha256, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<PhotoRow>().AsNoTracking().Where(row => row.Sha256 == sha256)
            .OrderByDescending(row => row.Bytes).FirstOrDefaultAsync(cancel);
        return row is null ? null : new PhotoNote(row.Sha256, row.Bytes, row.Item);
    }

    public long Offset(PhotoNote photo) => photos.Offset(photo);

    /// <summary>Quality has looked at it again.</summary>
    public async Task<InspectionRefusal?> SampleAsync(
        string id, bool agrees, string words, string by, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Set<InspectionRow>().FirstOrDefaultAsync(row => row.Id == id, cancel) is not { } row)
        {
            return new InspectionRefusal(InspectionFault.NotFound, $"There is no inspection {id}.");
        }

        if (row.By == by)
        {
            return new InspectionRefusal(InspectionFault.SamePerson, "Whoever inspected it doesn't sample it.");
        }

        if (row.Sample is not null || words.Length > InspectionPolicy.TextCharsMax)
        {
            return new InspectionRefusal(InspectionFault.NotNow, "It was sampled already, or the text is too long.");
        }

        row.Sample = InspectionJson.Write(new SampleResult(agrees, words, by, time.GetUtcNow()));
        await db.SaveChangesAsync(cancel);
        return null;
    }

    private async Task AddAsync(
        HubDb db, string id, InspectionReport report, string body, string by, DateTimeOffset now,
        CancellationToken cancel)
    {
        db.Add(new InspectionRow
        {
            Id = id,
            RoundId = report.Round,
            SpaceId = report.Unit,
            AtTicks = report.At.UtcTicks,
            NotedTicks = now.UtcTicks,
            By = by,
            Body = body,
            IsSampled = Sampling.IsChosen(id, now, policy.SamplePercent),
        });
        db.AddRange(report.Photos.Select(photo => new PhotoRow
        {
            InspectionId = id,
            Sha256 = photo.Sha256,
            Bytes = photo.Bytes,
            Item = photo.Item,
        }));
        db.AddRange(report.Answers.Where(answer => answer.Result == Checklist.Fail)
            .Select(answer => Found(id, report, answer.Item, answer.Category!, answer.Words!)));
        foreach (var dial in report.Registers)
        {
            var point = ledger.Site.Find(new PointNumber(dial.Point))!;
            var truth = dials.TruthOf(point, dial.Value, report.At);
            var loss = await DialBook.LossAsync(db, point, truth, cancel);
            db.Add(new TruthRow
            {
                Point = dial.Point,
                Serial = truth.Serial,
                AtTicks = truth.At.UtcTicks,
                Read = truth.Read,
                Ours = truth.Ours,
                InspectionId = id,
            });
            if (loss is { } lost && lost.IsTooMuch(policy))
            {
                db.Add(Found(id, report, $"pulses-{dial.Point}", Checklist.Device, DialBook.Sentence(point, lost)));
            }
        }
    }

    private static FindingRow Found(
        string inspection, InspectionReport report, string item, string category, string words) => new()
        {
            InspectionId = inspection,
            SpaceId = report.Unit,
            Item = item,
            Category = category,
            Words = words,
            FoundTicks = report.At.UtcTicks,
            IsOpen = true,
            Rechecks = "[]",
        };

    private static InspectionRefusal? Again(InspectionRow known, string body, string by) =>
        known.Body == body && known.By == by
            ? null
            : new InspectionRefusal(
                InspectionFault.AnotherReport,
                $"{known.Id} is another report, by {known.By}; nothing of it was changed. Send this under its own id.");

    private static Task<InspectionRow?> KnownAsync(HubDb db, string id, CancellationToken cancel) =>
        db.Set<InspectionRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);

    private async Task<IReadOnlyList<Inspection>> ListAsync(
        Func<IQueryable<InspectionRow>, IQueryable<InspectionRow>> choose, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return [.. (await choose(db.Set<InspectionRow>().AsNoTracking()).ToListAsync(cancel)).Select(Inspection.Of)];
    }
}
