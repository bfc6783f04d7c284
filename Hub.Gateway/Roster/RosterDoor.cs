using System.Text.Json;
using Hub.Gateway.Words;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Files;

namespace Hub.Gateway.Roster;

/// <summary>The roster over HTTP, for the staff alone: it has names and telephone numbers.</summary>
internal sealed class RosterDoor(RosterBook book, IPremises premises, ICallers callers, TimeProvider time)
{
    private const int FilesMax = 10;
    private const int HandoversMax = 100;
    private const int DaysDefault = 14;

    public async Task<IResult> ShowAsync(CancellationToken cancel)
    {
        var picture = book.Picture;
        return Results.Json(new
        {
            importedAt = picture.ImportedAt,
            importedBy = picture.ImportedBy,
            people = picture.Sheet?.People ?? [],
            grids = picture.Sheet?.Grids ?? [],
            shifts = picture.Sheet?.Shifts ?? [],
            ladder = picture.Sheet?.Ladder ?? [],
            covers = picture.Covers,
            handovers = await book.HandoversAsync(HandoversMax, cancel),
        });
    }

    public async Task<IResult> ImportAsync(RosterImport import, HttpContext context, CancellationToken cancel)
    {
        if (import.Files is not { Count: > 0 and <= FilesMax } files)
        {
            return Bad($"files has the tables, 1 to {FilesMax} of them, each with name and text.");
        }

        var read = import.DryRun
            ? book.Read(files)
            : await book.ImportAsync(files, CallerOf(context), cancel);
        return read.Value is { Sheet: var sheet, Covers: var covers }
            ? Results.Json(new
            {
                people = sheet.People.Count,
                grids = sheet.Grids.Count,
                shifts = sheet.Shifts.Count,
                rungs = sheet.Ladder.Count,
                newCovers = covers.Count,
                warnings = RosterWarnings.Of(sheet, premises.Current),
            })
            : Results.Problem(
                title: "The roster is not taken: everything that is wrong with it follows.",
                statusCode: StatusCodes.Status422UnprocessableEntity,
                extensions: new Dictionary<string, object?>
                {
                    ["faults"] = read.Faults,
                    ["lines"] = read.Faults.Select(fault => fault.ToString()),
                });
    }

    /// <summary>Who is called for a space then, rung by rung.</summary>
    public IResult OnDuty(string? space, string? at)
    {
        if (book.Duty is not { } duty)
        {
            return Of(RosterRefusal.NoRoster);
        }

        if (space is null || !premises.Current.Spaces.ContainsKey(space))
        {
            return Bad($"space is '{space}'; it must be the id of a space of the site.");
        }

        if (InstantOf(at) is not { } instant)
        {
            return Bad($"at is '{at}'; it must be an instant (RFC 3339), or a time such as 2026-11-22 07:00.");
        }

        return Results.Json(new
        {
            space,
            at = instant,
            grids = duty.GridsOf(space),
            rungs = RosterRoles.All.Select(role => new
            {
                to = role,
                called = duty.Whom(role, space, instant, isUrgent: false),
                calledIfUrgent = duty.Whom(role, space, instant, isUrgent: true),
            }),
        });
    }

    public IResult Gaps(int? days)
    {
        if (days is < 1 or > Holes.DaysMax)
        {
            return Bad($"days is {days}; it must be from 1 to {Holes.DaysMax}.");
        }

        if (book.Duty is not { } duty)
        {
            return Of(RosterRefusal.NoRoster);
        }

        var holes = Holes.Of(duty, premises.Current, time.GetUtcNow(), days ?? DaysDefault);
        return Results.Json(new
        {
            days = days ?? DaysDefault,
            uncoveredHours = Hours(holes.Where(hole => hole.TakenBy is null)),
            grids = duty.Sheet.Grids.Select(grid => grid.Id).Append("").Select(grid => new
            {
                grid,
                withoutButlerHours = Hours(holes.Where(hole => hole.Grid == grid)),
                uncoveredHours = Hours(holes.Where(hole => hole.Grid == grid && hole.TakenBy is null)),
            }).Where(grid => grid.withoutButlerHours > 0),
            items = holes,
            strays = Holes.Strays(duty, premises.Current),
        });

        static double Hours(IEnumerable<Hole> holes) =>
            Math.Round(holes.Sum(hole => (hole.To - hole.From).TotalHours), 2);
    }

    public async Task<IResult> AddCoverAsync(CoverRequest asked, HttpContext context, CancellationToken cancel)
    {
        if (InstantOf(asked.From) is not { } from || asked.To is null || InstantOf(asked.To) is not { } to)
        {
            return Of(RosterRefusal.WrongTimes);
        }

        var (refusal, cover) = await book.AddCoverAsync(
            asked.Absent ?? "", asked.StandIn, from, to, CallerOf(context), cancel);
        return cover is null ? Of(refusal) : Results.Json(cover, statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> EndCoverAsync(long id, HttpContext context, CancellationToken cancel) =>
        await book.EndCoverAsync(id, CallerOf(context), cancel) is var refusal and not RosterRefusal.None
            ? Of(refusal)
            : Results.Json(new { id });

    public async Task<IResult> LeaveAsync(HandoverRequest asked, HttpContext context, CancellationToken cancel)
    {
        var (refusal, handover) = await book.LeaveAsync(
            asked.Grid ?? "", asked.Words ?? "", asked.By ?? CallerOf(context), cancel);
        return handover is null ? Of(refusal) : Results.Json(handover, statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> TakeOverAsync(
        long id, TakeOverRequest asked, HttpContext context, CancellationToken cancel) =>
        await book.TakeOverAsync(id, asked.By ?? CallerOf(context), cancel) is var refusal and not RosterRefusal.None
            ? Of(refusal)
            : Results.Json(new { id });

    private string CallerOf(HttpContext context) => callers.CallerOf(context)?.Id ?? "";

    private DateTimeOffset? InstantOf(string? text) =>
        text is null ? time.GetUtcNow() : InstantText.Parse(text, premises.Zone);

    private static IResult Bad(string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Of(RosterRefusal refusal) => Results.Problem(
        Texts.In("en").Of("roster-refusal", $"{refusal}"), type: $"urn:buildinghub:roster:{WordOf(refusal)}",
        statusCode: refusal switch
        {
            RosterRefusal.NotFound or RosterRefusal.NoRoster => StatusCodes.Status404NotFound,
            RosterRefusal.AlreadyTaken or RosterRefusal.TooMany or RosterRefusal.SamePerson =>
                StatusCodes.Status409Conflict,
            _ => StatusCodes.Status400BadRequest,
        });

    private static string WordOf(RosterRefusal refusal) => JsonNamingPolicy.KebabCaseLower.ConvertName($"{refusal}");
}
