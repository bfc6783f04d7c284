using System.Text;
using Hub.Gateway.Requests;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Gateway.Units;

/// <summary>The ledger of units over HTTP.</summary>
public static class UnitsApi
{
    public const int LimitMax = 200;

    /// <summary>A ledger file at most; 50,000 units fit.</summary>
    public const int FileBytesMax = 4 << 20;

    private static readonly ActorRole[] Importers =
        [ActorRole.Chief, ActorRole.Director, ActorRole.Engineer, ActorRole.Administrator];

    public static WebApplication MapUnits(this WebApplication app)
    {
        var units = app.MapGroup("/api/v1/units").WithTags("Units").ForStaff()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        units.MapGet("/", ListAsync).WithName("ListUnits")
            .WithSummary("Units by id, with what is going on there: vacant ones, all, or those of one state.")
            .Produces<UnitListAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        units.MapGet("/{id}", ShowAsync).WithName("ShowUnit").WithSummary("One unit with its history.")
            .Produces<UnitHistoryAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        units.MapGet("/ledger.csv", WriteAsync).WithName("ExportUnits")
            .WithSummary("The ledger as a table that can be imported again.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
        Step<UnitBodies.MoveIn>(units, "move-in", "Somebody lives there from then on; the rules switch at once.",
            (ledger, id, body, by, now, cancel) =>
                ledger.MoveAsync(id, Occupancy.Occupied, body.At ?? now, by, cancel));
        Step<UnitBodies.MoveOut>(units, "move-out", "Nobody lives there from then on; the rules switch at once.",
            MoveOutAsync);
        Step<UnitBodies.Window>(units, "windows", "Somebody will be there: the rules expect it.",
            (ledger, id, body, _, _, cancel) => ledger.PlanAsync(Window(id, body), cancel));
        Step<UnitBodies.Window>(units, "windows/withdraw", "Nobody comes after all, or they have gone.",
            (ledger, id, body, _, _, cancel) => ledger.WithdrawAsync(Window(id, body), cancel));
        Step<UnitBodies.Owner>(units, "owner", "The owner's file number, for the monthly report.",
            (ledger, id, body, _, _, cancel) => ledger.OwnAsync(id, body.Number?.Trim() ?? "", cancel));
        app.MapPost("/api/v1/units/import", ImportAsync).WithTags("Units").WithName("ImportUnits").ForStaff(Importers)
            .WithSummary("A ledger file against the ledger; with apply, the ledger becomes what the file says.")
            .Accepts<string>("text/csv").Produces<LedgerDiffAnswer>()
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        return app;
    }

    private static void Step<TBody>(
        RouteGroupBuilder units, string step, string summary,
        Func<UnitLedger, string, TBody, string, DateTimeOffset, CancellationToken, Task<UnitRefusal?>> act) => units
        .MapPost($"/{{id}}/{step}", async (
            string id, [FromBody] TBody body, HttpContext context, UnitLedger ledger, UnitTeller teller,
            TimeProvider time, CancellationToken cancel) =>
            await act(ledger, id, body, context.Caller().Id, time.GetUtcNow(), cancel) is { } refusal
                ? Problem(refusal)
                : await AnswerAsync(id, ledger, teller, cancel))
        .WithSummary(summary).Produces<UnitHistoryAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<UnitRefusal?> MoveOutAsync(
        UnitLedger ledger, string id, UnitBodies.MoveOut body, string by, DateTimeOffset now,
        CancellationToken cancel) =>
        UnitWords.Read(body.State) is { } state and not Occupancy.Occupied
            ? await ledger.MoveAsync(id, state, body.At ?? now, by, cancel)
            : new UnitRefusal(
                UnitFault.NoSuchState,
                $"A unit that is left is one of {string.Join(", ", UnitWords.Occupancies.Skip(1))}.");

    private static PlannedWindow Window(string id, UnitBodies.Window body) =>
        new(id, body.From.ToUniversalTime(), body.To.ToUniversalTime(), body.Reason ?? "");

    private static async Task<IResult> ListAsync(
        UnitLedger ledger, UnitTeller teller, CancellationToken cancel, [FromQuery] string state = "vacant",
        [FromQuery] string? entrance = null, [FromQuery] int limit = 50, [FromQuery] string? after = null)
    {
        var one = UnitWords.Read(state);
        if ((one is null && state is not ("vacant" or "all")) || limit is < 1 or > LimitMax)
        {
            return TypedResults.Problem(
                $"state is vacant, all, {string.Join(", ", UnitWords.Occupancies)}; limit is 1 to {LimitMax}.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        var units = ledger.Site.Spaces.Values
            .Where(space => space.Kind == SpaceKind.Unit && (entrance is null || space.Entrance == entrance)
                && (one is { } wanted ? space.Occupancy == wanted : state == "all" || space.IsVacant)
                && (after is null || string.CompareOrdinal(space.Id, after) > 0))
            .OrderBy(space => space.Id, StringComparer.Ordinal).Take(limit + 1).ToList();
        var page = units.Take(limit).ToList();
        return TypedResults.Ok(new UnitListAnswer(
            await teller.TellAsync(page, cancel), units.Count > limit ? page[^1].Id : null));
    }

    private static async Task<IResult> ShowAsync(
        string id, UnitLedger ledger, UnitTeller teller, CancellationToken cancel) =>
        ledger.Site.Spaces.GetValueOrDefault(id) is { Kind: SpaceKind.Unit }
            ? await AnswerAsync(id, ledger, teller, cancel)
            : Problem(new UnitRefusal(UnitFault.UnknownUnit, $"There is no unit {id}."));

    private static async Task<IResult> AnswerAsync(
        string id, UnitLedger ledger, UnitTeller teller, CancellationToken cancel)
    {
        var unit = await teller.TellAsync([ledger.Site.Spaces[id]], cancel);
        var moves = await ledger.MovesAsync(id, cancel);
        return TypedResults.Ok(new UnitHistoryAnswer(unit[0], [.. moves.Select(MoveAnswer.Of)]));
    }

    private static async Task<IResult> WriteAsync(UnitLedger ledger, CancellationToken cancel) => TypedResults.Text(
        LedgerFile.Write(
            ledger.Site.Spaces.Values.Where(space => space.Kind == SpaceKind.Unit),
            await ledger.OwnersAsync(cancel), ledger.Zone),
        "text/csv", Encoding.UTF8);

    private static async Task<IResult> ImportAsync(
        HttpContext context, UnitLedger ledger, CancellationToken cancel, [FromQuery] bool apply = false,
        [FromQuery] string? seen = null, [FromQuery] string? file = null)
    {
        var (text, refused) = await SentTable.ReadAsync(context.Request, FileBytesMax, cancel);
        var (name, unnamed) = SentTable.NameOf(file, "ledger.csv");
        if ((refused ?? unnamed) is { } no)
        {
            return no;
        }

        var compared = await ledger.CompareAsync(name, text, cancel);
        if (compared.Value is not { } diff)
        {
            return SentTable.Refuse(compared.Faults);
        }

        if (!apply)
        {
            return TypedResults.Ok(LedgerDiffAnswer.Of(diff, applied: false));
        }

        var refusal = seen is null || seen == diff.Fingerprint
            ? await ledger.ApplyAsync(diff, context.Caller().Id, cancel)
            : new UnitRefusal(UnitFault.Changed, "The ledger has changed since that comparison: compare again.");
        return refusal is null ? TypedResults.Ok(LedgerDiffAnswer.Of(diff, applied: true)) : Problem(refusal);
    }

    /// <summary>A refusal as problem details.</summary>
    public static IResult Problem(UnitRefusal refusal) => TypedResults.Problem(
        detail: refusal.Sentence,
        statusCode: refusal.Fault switch
        {
            UnitFault.UnknownUnit => StatusCodes.Status404NotFound,
            UnitFault.AlreadySo or UnitFault.Changed or UnitFault.NoSuchWindow => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status400BadRequest,
        },
        title: "The ledger refused that.",
        extensions: new Dictionary<string, object?> { ["reason"] = UnitWords.Of(refusal.Fault) });
}
