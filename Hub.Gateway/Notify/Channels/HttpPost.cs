using System.Net;
using System.Net.Http.Headers;

namespace Hub.Gateway.Notify.Channels;

/// <summary>One POST, and what its status means: the same for webhooks and robots.</summary>
internal static class HttpPost
{
    private const int AnswerBytesMax = 64 * 1024;

    /// <summary>A client that follows nobody elsewhere and reads no endless answers.</summary>
    public static HttpClient Client(Uri url, TimeSpan timeMax) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = !url.IsLoopback,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = timeMax,
        MaxResponseContentBufferSize = AnswerBytesMax,
    };

    /// <summary>JSON with its length said before: not every receiver takes a body in chunks.</summary>
    public static HttpContent Json(byte[] body) =>
        new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>Sends it; <paramref name="read"/> judges the body of a good answer.</summary>
    public static async Task<SendAnswer> SendAsync(
        HttpClient http, HttpRequestMessage request, Func<string, SendAnswer> read, CancellationToken cancel)
    {
        var host = request.RequestUri!.Host;
        try
        {
            using var response = await http.SendAsync(request, cancel);
            var body = await response.Content.ReadAsStringAsync(cancel);
            return response.IsSuccessStatusCode ? read(body) : Judge(response, host);
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            return new SendAnswer.TryAgain($"{host} can't be reached: {e.Message}");
        }
    }

    private static SendAnswer Judge(HttpResponseMessage response, string host)
    {
        var why = $"{host} answered {(int)response.StatusCode}.";
        return response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge
            or HttpStatusCode.UnprocessableEntity
            ? new SendAnswer.Refused(why)
            : new SendAnswer.TryAgain(why, response.Headers.RetryAfter?.Delta);
    }
}
