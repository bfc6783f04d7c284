using System.Globalization;
using System.Text;
using System.Text.Json;
using Hub.Gateway.Site;
using Hub.Gateway.Watch;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Rules.Site;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Gateway.Rulebook;

/// <summary>
/// The rules over HTTP: what is in force, what would be, and why something was or wasn't said. Bodies are packs as
/// their files have them. The staff may read; chiefs and engineers change.
/// </summary>
public static class RulebookApi
{
    private static readonly ActorRole[] Changers =
        [ActorRole.Engineer, ActorRole.Chief, ActorRole.Director, ActorRole.Administrator];

    public static WebApplication MapRulebook(this WebApplication app)
    {
        var rules = app.MapGroup("/api/v1/rules").WithTags("Rules").DisableAntiforgery()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        rules.AddEndpointFilter(async (call, next) => Barred(call.HttpContext) ?? await next(call));
        rules.MapGet("/", async (PackLife life, CancellationToken cancel) => await life.ListAsync(cancel))
            .WithName("ListRulePacks").WithSummary("The active packs, their versions, and since when.");
        rules.MapGet("/{pack}/text", Text).WithName("ShowRulePack").WithSummary("An active pack's text.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        rules.MapPost("/check", CheckAsync).WithName("CheckRulePack")
            .WithSummary("Everything that is wrong with a pack for this site; 422 with all faults.");
        rules.MapPost("/backtests", BacktestAsync).WithName("BacktestRulePack")
            .WithSummary("A pack against the rules in force over the hub's journal; progress and result as NDJSON.");
        rules.MapPost("/activate", ActivateAsync).WithName("ActivateRulePack")
            .WithSummary("Puts a tested pack in force, or runs it dry beside the live ones.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        rules.MapPost("/{pack}/rollback", RollBackAsync).WithName("RollBackRulePack")
            .WithSummary("Puts the version before back in force.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        rules.MapGet("/dry-run", DryRunSaid).WithName("ShowDryRun").Produces<DryRunAnswer>()
            .WithSummary("What the pack beside the live ones has said.").ProducesProblem(StatusCodes.Status404NotFound);
        rules.MapGet("/why-not", WhyNotAsync).WithName("AskWhyNot").Produces<WhyNotAnswer>()
            .WithSummary("Why there was no alarm about a point at a time, by every rule that could look at it.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        rules.MapGet("/scorecards", async (OrderDesk desk, CancellationToken cancel) =>
                Scorecards.Of(await desk.OutcomesAsync(Scorecards.OrdersMax, cancel)))
            .WithName("ListScorecards").WithSummary("What each rule's alarms were worth, by what people found.");
        app.MapGet("/api/v1/orders/{id}/trace", TraceAsync).WithName("TraceOrder").WithTags("Orders")
            .AddEndpointFilter(async (call, next) => Barred(call.HttpContext) ?? await next(call))
            .Produces<TraceAnswer>().WithSummary("An order, its alarms, the rules behind them, and the readings.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        return app;
    }

    private static IResult? Barred(HttpContext context)
    {
        var caller = context.RequestServices.GetRequiredService<ICallers>().CallerOf(context);
        var isChange = !HttpMethods.IsGet(context.Request.Method);
        return caller switch
        {
            null => Problem(StatusCodes.Status401Unauthorized, "Sign in first: it is noted who changes the rules."),
            _ when isChange && !Changers.Contains(caller.Role) =>
                Problem(StatusCodes.Status403Forbidden, "Rules are changed by chiefs and engineers."),
            { IsStaff: false, Role: not ActorRole.Quality } =>
                Problem(StatusCodes.Status403Forbidden, "The rules are for the staff of the site."),
            _ => null,
        };
    }

    private static IResult Text(string pack, SiteBook book) =>
        book.Current.Packs.GetValueOrDefault(pack) is { } active
            ? TypedResults.Text(active.Yaml, "application/yaml", Encoding.UTF8)
            : Problem(StatusCodes.Status404NotFound, $"No pack {pack} is active.");

    private static async Task<IResult> CheckAsync(
        HttpContext context, PackLife life, CancellationToken cancel, [FromQuery] string name = "pack")
    {
        var read = life.Check(name, await BodyAsync(context, cancel));
        return read.Value is { } pack
            ? TypedResults.Ok(new { pack = pack.Id, pack.Version, rules = pack.Rules.Count })
            : Refused(PackRefusal.Faulty(read.Faults));
    }

    private static async Task<IResult> ActivateAsync(
        HttpContext context, PackLife life, ICallers callers, CancellationToken cancel,
        [FromQuery] string name = "pack", [FromQuery] bool untested = false, [FromQuery] bool dryRun = false)
    {
        var by = callers.CallerOf(context)!.Id;
        var yaml = await BodyAsync(context, cancel);
        var refusal = await life.ActivateAsync(name, yaml, by, untested, dryRun, cancel);
        return refusal is null ? TypedResults.Ok(await life.ListAsync(cancel)) : Refused(refusal);
    }

    private static async Task<IResult> RollBackAsync(
        string pack, HttpContext context, PackLife life, ICallers callers, CancellationToken cancel)
    {
        var (refusal, version) = await life.RollBackAsync(pack, callers.CallerOf(context)!.Id, cancel);
        return refusal is null ? TypedResults.Ok(new { pack, version }) : Refused(refusal);
    }

    private static async Task BacktestAsync(
        HttpContext context, PackLife life, BacktestService backtests, CancellationToken cancel,
        [FromQuery] DateTimeOffset? from = null, [FromQuery] DateTimeOffset? to = null,
        [FromQuery] string name = "pack")
    {
        var yaml = await BodyAsync(context, cancel);
        var read = life.Check(name, yaml);
        if (read.Value is not { } pack)
        {
            await Refused(PackRefusal.Faulty(read.Faults)).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        await foreach (var news in backtests.RunAsync(pack, yaml, from, to, cancel))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, news, JsonSerializerOptions.Web, cancel);
            await context.Response.WriteAsync("\n", cancel);
            await context.Response.Body.FlushAsync(cancel);
        }
    }

    private static IResult DryRunSaid(HttpContext context, DryRun dryRun, SiteBook book)
    {
        if (dryRun.Pack is not { } pack)
        {
            return Problem(
                StatusCodes.Status404NotFound,
                dryRun.Fault is { } fault
                    ? $"The dry run ended by itself: {fault}"
                    : "No pack runs beside the live ones.");
        }

        var language = OrdersApi.LanguageOf(context.Request);
        var (since, raised, orders, latest) = dryRun.Said();
        return TypedResults.Ok(new DryRunAnswer(
            pack.PackId, pack.Version, since, raised, orders, [.. latest.Select(one => Line(one, language, book))]));
    }

    private static DryRunLine Line(AlarmTransition transition, string language, SiteBook book) => new(
        transition.At, transition.RuleId, transition.SpaceId, transition.GetType().Name.ToLowerInvariant(),
        transition is AlarmTransition.Raised { Order: not null },
        transition is AlarmTransition.Raised raised ? Explanations.Render(raised.Why, language, book.Zone) : "");

    private static async Task<IResult> WhyNotAsync(
        HttpContext context, WhyNotService service, SiteBook book, [FromQuery] string point, [FromQuery] string at,
        CancellationToken cancel)
    {
        if (Rules.Files.InstantText.Parse(at, book.Zone) is not { } time)
        {
            return Problem(StatusCodes.Status400BadRequest, "at is an instant such as 2026-11-22T09:00+08:00.");
        }

        return await service.AskAsync(point, time, OrdersApi.LanguageOf(context.Request), cancel) switch
        {
            null => Problem(StatusCodes.Status404NotFound, NoPoint(point, book.Current)),
            { Rules.Count: 0 } => Problem(
                StatusCodes.Status404NotFound, $"{point} was not in service then, or no rule can look at it."),
            var answer => TypedResults.Ok(answer),
        };
    }

    private static string NoPoint(string point, SiteSnapshot site) =>
        $"There is no point {point}. {Rules.Files.Resemblance.DidYouMean(point, site.PointNumbers.Keys)}".TrimEnd();

    private static async Task<IResult> TraceAsync(
        string id, HttpContext context, OrderDesk desk, OrderTrace trace, CancellationToken cancel) =>
        await OrdersApi.FindAsync(desk, id, cancel) is { } order
            ? TypedResults.Ok(await trace.OfAsync(order, OrdersApi.LanguageOf(context.Request), cancel))
            : Problem(StatusCodes.Status404NotFound, $"There is no order {id}.");

    private static async Task<string> BodyAsync(HttpContext context, CancellationToken cancel)
    {
        var length = context.Request.ContentLength;
        if (length > PackText.BytesMax)
        {
            throw new BadHttpRequestException(
                string.Create(CultureInfo.InvariantCulture, $"A pack has at most {PackText.BytesMax} bytes."),
                StatusCodes.Status413PayloadTooLarge);
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancel);
    }

    private static IResult Refused(PackRefusal refusal) => TypedResults.Problem(
        detail: refusal.Sentence, statusCode: refusal.Status, title: "The pack was not taken.",
        extensions: new Dictionary<string, object?>
        {
            ["faults"] = refusal.Faults,
            ["lines"] = refusal.Faults.Select(fault => fault.ToString()).ToList(),
        });

    private static IResult Problem(int status, string detail) =>
        TypedResults.Problem(detail: detail, statusCode: status);
}
