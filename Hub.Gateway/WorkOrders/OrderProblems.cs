using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Gateway.WorkOrders;

/// <summary>Refusals as RFC 9457 problem details: <c>reason</c> is for programs, <c>detail</c> for people.</summary>
internal static class OrderProblems
{
    public static ProblemHttpResult Of(Refusal refusal, long? order) => TypedResults.Problem(
        detail: refusal.Sentence,
        statusCode: StatusOf(refusal.Reason),
        title: "The order desk refused that.",
        type: $"urn:buildinghub:order:{OrderWords.Of(refusal.Reason)}",
        extensions: new Dictionary<string, object?>
        {
            ["reason"] = OrderWords.Of(refusal.Reason),
            ["order"] = order,
            ["by"] = ActorAnswer.From(refusal.By),
            ["at"] = refusal.At,
        });

    public static ProblemHttpResult Stranger() => TypedResults.Problem(
        detail: "Sign in first: an order's history says who did what.", statusCode: StatusCodes.Status401Unauthorized);

    public static ProblemHttpResult NotStaff() => TypedResults.Problem(
        detail: "Orders are for the staff of the site.", statusCode: StatusCodes.Status403Forbidden);

    public static ProblemHttpResult Bad(string detail) => TypedResults.Problem(
        detail: detail, statusCode: StatusCodes.Status400BadRequest);

    public static ProblemHttpResult KeyUsed() => TypedResults.Problem(
        detail: "This Idempotency-Key was used for another request. Make a new one.",
        statusCode: StatusCodes.Status422UnprocessableEntity);

    private static int StatusOf(RefusalReason reason) => reason switch
    {
        RefusalReason.NotFound => StatusCodes.Status404NotFound,
        RefusalReason.Changed => StatusCodes.Status412PreconditionFailed,
        RefusalReason.RoleMayNot => StatusCodes.Status403Forbidden,
        RefusalReason.TextMissing or RefusalReason.TextTooLong or RefusalReason.ValueOutOfRange =>
            StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };
}
