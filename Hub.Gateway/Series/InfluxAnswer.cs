using System.Globalization;
using System.Net;

namespace Hub.Gateway.Series;

/// <summary>What an InfluxDB's status code means for the batch. Pure.</summary>
internal static class InfluxAnswer
{
    private const int ReasonLettersMax = 300;

    /// <summary>Worth asking again within the same request's patience: nobody has looked at the batch yet.</summary>
    public static bool IsPassing(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    public static WriteAnswer Of(HttpStatusCode status, string body, TimeSpan? retryAfter)
    {
        if ((int)status is >= 200 and < 300)
        {
            return WriteAnswer.Taken;
        }

        var said = body.Length <= ReasonLettersMax ? body.Trim() : body[..ReasonLettersMax];
        var reason = string.Create(CultureInfo.InvariantCulture, $"InfluxDB answers {(int)status}: {said}");
        return status switch
        {
            // 400: a line it can't parse, a field of another type, a time beyond the retention. 422: v3's and v2's
            // word for it.
            // 413: halves fit.
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge =>
                new WriteAnswer.Rejected(reason),
            // Whatever else it says (401, 403, 404, 5xx) is not the readings' fault: they wait until somebody has
            // mended it.
            _ => new WriteAnswer.TryAgain(reason, retryAfter),
        };
    }
}
