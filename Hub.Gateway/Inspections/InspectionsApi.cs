using System.Globalization;
using System.Text.Json;
using Hub.Gateway.WorkOrders;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Gateway.Inspections;

/// <summary>
/// Rounds and inspections over HTTP, made for a phone that is cut off half of the time: a report is PUT under the
/// phone's own id as often as it takes, and a photo goes on from where the hub says it is.
/// </summary>
public static class InspectionsApi
{
    /// <summary>Where in the photo the bytes that are sent begin; in the answer, how many bytes the hub has.</summary>
    public const string OffsetHeader = "Upload-Offset";

    private const int RoundsMax = 100;

    private static readonly ActorRole[] Samplers = [ActorRole.Quality, ActorRole.Chief, ActorRole.Director];

    private static readonly ActorRole[] Recheckers =
    [
        ActorRole.Butler, ActorRole.Hotline, ActorRole.Engineer, ActorRole.Administrator, .. Samplers,
    ];

    public static WebApplication MapInspections(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Inspections").ForStaff()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/rounds", RoundsAsync).WithSummary("The rounds, the newest first.")
            .Produces<IReadOnlyList<RoundSummary>>();
        api.MapPost("/rounds", BeginAsync).WithSummary("This month's round, begun if it is not there yet.")
            .Produces<RoundAnswer>();
        api.MapGet("/rounds/{id}", RoundAsync).Produces<RoundAnswer>()
            .WithSummary("A round in walking order, with what each dial should show: to be taken along.");
        api.MapPut("/inspections/{id}", TakeAsync).Produces<InspectionAnswer>()
            .WithSummary("A report under the phone's own id. The same again is answered like the first time.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/inspections/{id}", InspectionAsync).Produces<InspectionAnswer>()
            .WithSummary("One inspection with its photos and findings.");
        api.MapGet("/photos/{sha256}", PhotoAsync).WithSummary("A photo that has come as a whole.");
        api.MapMethods("/photos/{sha256}", [HttpMethods.Head], StandingAsync)
            .WithSummary("How many bytes of a photo the hub has: Upload-Offset.");
        api.MapPatch("/photos/{sha256}", AppendAsync).DisableAntiforgery()
            .Accepts<byte[]>("application/offset+octet-stream").Produces(StatusCodes.Status204NoContent)
            .WithSummary("The next bytes of a photo, from Upload-Offset on.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/findings", (FindingDesk findings, CancellationToken cancel) => findings.OpenAsync(cancel))
            .WithSummary("What was found and is not good yet, the oldest first.");
        app.MapPost("/api/v1/findings/{id:long}/recheck", RecheckAsync).WithTags("Inspections").ForStaff(Recheckers)
            .WithSummary("Somebody has looked again.").Produces<Finding>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        app.MapPost("/api/v1/inspections/{id}/sample", SampleAsync).WithTags("Inspections").ForStaff(Samplers)
            .WithSummary("Quality has looked at it again.").ProducesProblem(StatusCodes.Status409Conflict);
        return app;
    }

    /// <summary>A refusal as problem details, with every reason.</summary>
    public static IResult Problem(InspectionRefusal refusal) => TypedResults.Problem(
        detail: string.Join("; ", refusal.Reasons),
        statusCode: refusal.Fault switch
        {
            InspectionFault.NotFound => StatusCodes.Status404NotFound,
            InspectionFault.Wrong => StatusCodes.Status422UnprocessableEntity,
            InspectionFault.NoRoom => StatusCodes.Status507InsufficientStorage,
            _ => StatusCodes.Status409Conflict,
        },
        extensions: new Dictionary<string, object?>
        {
            ["reason"] = JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.Fault.ToString()),
            ["lines"] = refusal.Reasons,
        });

    private static async Task<IResult> RoundsAsync(
        InspectionBook book, InspectionTeller teller, CancellationToken cancel)
    {
        var summaries = new List<RoundSummary>();
        foreach (var round in await book.RoundsAsync(RoundsMax, cancel))
        {
            summaries.Add(await teller.SummaryAsync(round, cancel));
        }

        return TypedResults.Ok<IReadOnlyList<RoundSummary>>(summaries);
    }

    private static async Task<IResult> BeginAsync(
        HttpContext context, InspectionBook book, InspectionTeller teller, CancellationToken cancel,
        [FromQuery] string? building = null) => TypedResults.Ok(
        await teller.TellAsync(await book.BeginAsync(building, context.Caller().Id, cancel), cancel));

    private static async Task<IResult> RoundAsync(
        string id, InspectionBook book, InspectionTeller teller, CancellationToken cancel) =>
        await book.FindRoundAsync(id, cancel) is { } round
            ? TypedResults.Ok(await teller.TellAsync(round, cancel))
            : Missing($"There is no round {id}.");

    private static async Task<IResult> TakeAsync(
        string id, [FromBody] InspectionReport report, HttpContext context, InspectionBook book, FindingDesk findings,
        InspectionTeller teller, CancellationToken cancel)
    {
        if (await book.TakeAsync(id, report, context.Caller().Id, cancel) is { } refusal)
        {
            return Problem(refusal);
        }

        await findings.RaiseAsync(cancel);
        return await InspectionAsync(id, book, teller, cancel);
    }

    private static async Task<IResult> InspectionAsync(
        string id, InspectionBook book, InspectionTeller teller, CancellationToken cancel) =>
        await book.FindAsync(id, cancel) is { } inspection
            ? TypedResults.Ok(await teller.TellAsync(inspection, cancel))
            : Missing($"There is no inspection {id}.");

    private static async Task<IResult> StandingAsync(
        string sha256, HttpContext context, InspectionBook book, CancellationToken cancel)
    {
        if (await book.PhotoAsync(sha256, cancel) is not { } photo)
        {
            return TypedResults.NotFound();
        }

        SetOffset(context, book.Offset(photo));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> AppendAsync(
        string sha256, HttpContext context, InspectionBook book, PhotoFolder photos, CancellationToken cancel)
    {
        if (await book.PhotoAsync(sha256, cancel) is not { } photo)
        {
            return Missing("No inspection has announced that photo: send its report first.");
        }

        if (!long.TryParse(context.Request.Headers[OffsetHeader], CultureInfo.InvariantCulture, out var offset))
        {
            return TypedResults.Problem(
                $"{OffsetHeader} says where the bytes begin.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = photo.Bytes;
        }

        var answer = await photos.AppendAsync(photo, offset, context.Request.Body, cancel);
        SetOffset(context, answer.Offset);
        return answer.Fault is not { } fault
            ? TypedResults.NoContent()
            : TypedResults.Problem(
                Sentence(fault, answer.Offset),
                statusCode: fault == PhotoFault.WrongOffset
                    ? StatusCodes.Status409Conflict
                    : StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult PhotoAsync(string sha256, HttpContext context, PhotoFolder photos)
    {
        if (!ReportCheck.IsHash(sha256) || !photos.IsWhole(sha256))
        {
            return Missing("There is no such photo, or not all of it yet.");
        }

        // Its name is its content, so it never changes; and it is never taken for anything but what its bytes are.
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(photos.Open(sha256), photos.KindOf(sha256));
    }

    private static async Task<IResult> RecheckAsync(
        long id, [FromBody] VerdictBody verdict, HttpContext context, FindingDesk findings, CancellationToken cancel) =>
        await findings.RecheckAsync(id, verdict.Good, verdict.Words?.Trim() ?? "", context.Caller(), cancel)
            is { } refusal
            ? Problem(refusal)
            : TypedResults.Ok(await findings.FindAsync(id, cancel));

    private static async Task<IResult> SampleAsync(
        string id, [FromBody] VerdictBody verdict, HttpContext context, InspectionBook book,
        InspectionTeller teller, CancellationToken cancel) =>
        await book.SampleAsync(id, verdict.Good, verdict.Words?.Trim() ?? "", context.Caller().Id, cancel)
            is { } refusal
            ? Problem(refusal)
            : await InspectionAsync(id, book, teller, cancel);

    private static void SetOffset(HttpContext context, long offset) =>
        context.Response.Headers[OffsetHeader] = offset.ToString(CultureInfo.InvariantCulture);

    private static string Sentence(PhotoFault fault, long offset) => fault switch
    {
        PhotoFault.WrongOffset => $"The hub has {offset} bytes: go on from there.",
        PhotoFault.TooLong => "More bytes than were announced.",
        PhotoFault.WrongHash => "The bytes have another hash than was announced: begin anew.",
        _ => "It is no JPEG, PNG, WebP or HEIC.",
    };

    private static IResult Missing(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound);
}
