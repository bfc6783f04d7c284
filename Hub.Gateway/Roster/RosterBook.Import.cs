using Hub.Gateway.Storage;
using Hub.Rules.Files;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Roster;

public sealed partial class RosterBook
{
    /// <summary>What tables would come to now; nothing changes.</summary>
    public Checked<RosterIntake> Read(IReadOnlyList<RosterFile> files) => RosterIntake.Read(
        files, premises.Current, _picture, premises.Zone, time.GetUtcNow(), options);

    /// <summary>
    /// The roster of those tables, in the place of the present one, and their covers beside those that there are; or
    /// every fault, and everything stays.
    /// </summary>
    public async Task<Checked<RosterIntake>> ImportAsync(
        IReadOnlyList<RosterFile> files, string by, CancellationToken cancel)
    {
        Checked<RosterIntake>? read = null;
        await ChangeAsync(
            async db =>
            {
                read = Read(files);
                return read.Value is { } intake && (intake.IsNew || intake.Covers.Count > 0)
                    ? await TakeAsync(db, intake, by, cancel)
                    : _picture;
            },
            cancel);
        if (read!.Value is { IsNew: true, Sheet: var sheet })
        {
            Log.Imported(logger, sheet.People.Count, sheet.Grids.Count, sheet.Shifts.Count, by);
        }

        return read;
    }

    private async Task<RosterPicture> TakeAsync(
        HubDb db, RosterIntake intake, string by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var row = new RosterRow { At = now.UtcTicks, By = by, Body = RosterRow.Write(intake.Sheet) };
        if (intake.IsNew)
        {
            db.Add(row);
        }

        db.AddRange(intake.Covers.Select(plan => CoverRow.Of(plan, by, now)));
        await db.SaveChangesAsync(cancel);
        var picture = _picture with { Covers = await CoversAsync(db, cancel) };
        if (!intake.IsNew)
        {
            return picture;
        }

        await db.Set<RosterRow>().Where(one => one.Id <= row.Id - options.SheetsMax).ExecuteDeleteAsync(cancel);
        return picture with { Sheet = intake.Sheet, ImportedAt = Instant(row.At), ImportedBy = by };
    }
}
