using Hub.Gateway.Ingest;
using Hub.Gateway.Live;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Hub.Rules.Files;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Facilities;

/// <summary>
/// The register: the site's spaces of kind facility, each with its card. A facility that the site doesn't know becomes
/// a space of it, journalled like any; the name and place of one that it knows stay the site's.
/// </summary>
public sealed class FacilityBook(SiteBook book, IDbContextFactory<HubDb> dbs, LiveFeed feed, TimeProvider time)
    : IDisposable
{
    /// <summary>The topic of the live feed; the key is the facility's or the vendor's id.</summary>
    public const string Topic = "facility";

    private readonly Turn _turn = new();

    /// <summary>The day that it is on the site.</summary>
    public DateOnly Today => PlanStatus.DayOf(time.GetUtcNow(), book.Zone);

    /// <summary>All of them by id.</summary>
    public async Task<IReadOnlyList<Facility>> ListAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<FacilityRow>().AsNoTracking().ToDictionaryAsync(row => row.SpaceId, cancel);
        return
        [
            .. book.Current.Spaces.Values.Where(IsFacility)
                .OrderBy(space => space.Id, StringComparer.Ordinal)
                .Select(space => rows.GetValueOrDefault(space.Id) is { } row
                    ? new Facility(space, row.Read(), row.Version)
                    : new Facility(space, new FacilityCard(space.Id), 0)),
        ];
    }

    /// <summary>Writes a facility's card; the same again changes nothing.</summary>
    /// <param name="line">The whole of it.</param>
    /// <param name="version">The version it was decided on; null for whatever is there.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<FacilityRefusal?> PutAsync(FacilityLine line, int? version, CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (Fault(line) is { } fault)
        {
            return fault;
        }

        if (line.Card.Vendor.Length > 0 && await db.Set<VendorRow>().FindAsync([line.Card.Vendor], cancel) is null)
        {
            return new(FacilityFault.UnknownVendor, $"There is no vendor {line.Card.Vendor}.");
        }

        var row = await db.Set<FacilityRow>().FindAsync([line.Card.Id], cancel);
        if (version is not null && version != (row?.Version ?? 0) && row?.Read() != line.Card)
        {
            return FacilityRefusal.Changed(row?.Version ?? 0);
        }

        await WriteAsync([line], cancel);
        return null;
    }

    /// <summary>The file against the register, or everything that is wrong with it. Changes nothing.</summary>
    public async Task<Checked<FacilityDiff>> CompareAsync(string file, string text, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var vendors = await db.Set<VendorRow>().Select(row => row.Id).ToListAsync(cancel);
        var known = await ListAsync(cancel);
        var read = FacilityFile.Read(file, text, book.Current, known, vendors);
        return read.Value is { } lines
            ? new Checked<FacilityDiff>(FacilityDiff.Of(known, lines), [])
            : new Checked<FacilityDiff>(null, read.Faults);
    }

    /// <summary>Makes the register what the file says; facilities that it does not mention stay.</summary>
    /// <param name="text">The file.</param>
    /// <param name="seen">The fingerprint of the comparison that was shown; null for whatever it comes to now.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<FacilityRefusal?> ApplyAsync(string text, string? seen, CancellationToken cancel)
    {
        using var turn = await _turn.TakeAsync(cancel);
        var compared = await CompareAsync("facilities.csv", text, cancel);
        if (compared.Value is not { } diff || (seen is not null && seen != diff.Fingerprint))
        {
            return new(FacilityFault.Changed, "The register has changed since that comparison: compare again.");
        }

        await WriteAsync([.. diff.Added, .. diff.Changed.Select(change => change.Line)], cancel);
        return null;
    }

    public void Dispose() => _turn.Dispose();

    private FacilityRefusal? Fault(FacilityLine line)
    {
        var card = line.Card;
        string[] texts = [card.Location, card.Maker, card.Model, card.Serial, line.Space.Name];
        return !FacilityPolicy.IsId(card.Id)
                ? FacilityRefusal.Invalid($"'{card.Id}' is no id: letters a-z, digits, '-', '_', '.'.")
            : book.Current.Spaces.GetValueOrDefault(card.Id) is { } space && !IsFacility(space)
                ? FacilityRefusal.Invalid($"{card.Id} is no facility.")
            : !FacilityPolicy.Types.Contains(card.Type)
                ? FacilityRefusal.Invalid($"A type is one of {string.Join(", ", FacilityPolicy.Types)}.")
            : texts.Any(text => text.Length > FacilityPolicy.TextCharsMax)
                ? FacilityRefusal.Invalid($"A text has at most {FacilityPolicy.TextCharsMax} characters.")
            : null;
    }

    /// <summary>The hub is a place, too, for its own health; but no plant.</summary>
    private static bool IsFacility(Space space) =>
        space.Kind == SpaceKind.Facility && space.Id != IngestService.OwnId;

    private async Task WriteAsync(IReadOnlyList<FacilityLine> lines, CancellationToken cancel)
    {
        await book.ChangeAsync(
            site =>
            [
                .. lines.Where(line => !site.Spaces.ContainsKey(line.Card.Id))
                    .Select(line => new SiteChange.SpaceDefined(line.Space)),
            ],
            cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<FacilityRow>().ToDictionaryAsync(row => row.SpaceId, cancel);
        foreach (var (_, card) in lines)
        {
            if (rows.GetValueOrDefault(card.Id) is { } row)
            {
                if (row.Read() != card)
                {
                    row.Set(card);
                }
            }
            else
            {
                row = new FacilityRow { SpaceId = card.Id, Card = "", Vendor = "" };
                row.Set(card);
                db.Add(row);
            }
        }

        await db.SaveChangesAsync(cancel);
        foreach (var line in lines)
        {
            feed.Publish(Topic, line.Card.Id);
        }
    }
}
