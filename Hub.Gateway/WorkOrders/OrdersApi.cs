using System.Globalization;
using Hub.Gateway.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Hub.Gateway.WorkOrders;

/// <summary>Orders over HTTP: the same desk, the same rules and the same refusals as the pages have.</summary>
public static class OrdersApi
{
    private static readonly string[] Languages = ["zh-Hans", "zh-Hant", "en", "ja", "ko"];

    public static WebApplication MapWorkOrders(this WebApplication app)
    {
        var orders = app.MapGroup("/api/v1/orders").WithTags("Orders")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .DisableAntiforgery()
            .AddEndpointFilter(async (call, next) =>
                call.HttpContext.Request.Headers["Idempotency-Key"].ToString().Length > SentAnswers.KeyCharsMax
                    ? OrderProblems.Bad($"An Idempotency-Key has at most {SentAnswers.KeyCharsMax} characters.")
                    : await next(call));
        orders.MapGet("/", ListAsync).WithName("ListOrders").WithSummary("Lists orders, newest first.")
            .Produces<OrderListAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        orders.MapGet("/{id}", ShowAsync).WithName("ShowOrder")
            .WithSummary("One order with its clocks, history and evidence, by id or number.")
            .Produces<OrderAnswer>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        OrderRaising.Map(orders);
        OrderSteps.Map(orders);
        return app;
    }

    /// <summary>What the reader understands: <c>?lang</c>, else the best of Accept-Language, else Chinese.</summary>
    internal static string LanguageOf(HttpRequest request)
    {
        var asked = request.Query["lang"].ToString();
        var accepted = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString());
        return accepted.Prepend(asked).Select(Spoken).FirstOrDefault(language => language is not null) ?? Languages[0];
    }

    internal static string TagOf(WorkOrder order) => VersionTag.Of(order.Version, TagBefore(order.Id));

    /// <summary>What stands before the version in an order's tag.</summary>
    internal static string TagBefore(long order) => string.Create(CultureInfo.InvariantCulture, $"{order}-");

    /// <summary>An instant in the query; false if it is none, null if there is none.</summary>
    internal static bool TryReadTime(HttpRequest request, string name, out DateTimeOffset? time)
    {
        var text = request.Query[name].ToString();
        var isTime = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        time = isTime ? read.ToUniversalTime() : null;
        return isTime || text.Length == 0;
    }

    private static string? Spoken(string language) => language.ToUpperInvariant() switch
    {
        "ZH-TW" or "ZH-HK" or "ZH-MO" or "ZH-HANT" => "zh-Hant",
        var zh when zh == "ZH" || zh.StartsWith("ZH-", StringComparison.Ordinal) => "zh-Hans",
        var other => Array.Find(Languages, one =>
            one.Equals(other.Split('-')[0], StringComparison.OrdinalIgnoreCase)),
    };

    private static async Task<IResult> ListAsync(
        HttpContext context, OrderDesk desk, OrderTeller teller, ICallers callers, CancellationToken cancel,
        [FromQuery] string state = "open", [FromQuery] string? space = null, [FromQuery] int limit = 50,
        [FromQuery] long? after = null)
    {
        if (Barred(callers.CallerOf(context)) is { } barred)
        {
            return barred;
        }

        OrderScope? scope = state switch
        {
            "open" => OrderScope.Open,
            "followup" => OrderScope.FollowUp,
            "all" => OrderScope.All,
            _ => null,
        };
        if (scope is null || limit is < 1 or > OrderFilter.LimitMax)
        {
            return OrderProblems.Bad($"state is open, followup or all; limit is 1 to {OrderFilter.LimitMax}.");
        }

        var page = await desk.ListAsync(
            new OrderFilter { Scope = scope.Value, SpaceId = space, Limit = limit, After = after }, cancel);
        var language = LanguageOf(context.Request);
        return TypedResults.Ok(new OrderListAnswer(
            [.. page.Items.Select(order => teller.Summary(order, language))],
            page.Next?.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext context, OrderDesk desk, OrderTeller teller, ICallers callers, CancellationToken cancel)
    {
        if (Barred(callers.CallerOf(context)) is { } barred)
        {
            return barred;
        }

        if (await FindAsync(desk, id, cancel) is not { } order)
        {
            return OrderProblems.Of(new Refusal(RefusalReason.NotFound, $"There is no order {id}."), null);
        }

        var language = LanguageOf(context.Request);
        var tag = TagOf(order);
        context.Response.Headers.ETag = tag;
        context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        return context.Request.Headers.IfNoneMatch == tag
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(await teller.WholeAsync(order, language, cancel));
    }

    internal static Task<WorkOrder?> FindAsync(OrderDesk desk, string id, CancellationToken cancel) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? desk.FindAsync(number, cancel)
            : desk.FindAsync(id, cancel);

    private static IResult? Barred(Actor? caller) => caller switch
    {
        null => OrderProblems.Stranger(),
        { IsStaff: true } or { Role: ActorRole.Quality } => null,
        _ => OrderProblems.NotStaff(),
    };
}
