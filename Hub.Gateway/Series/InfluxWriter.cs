using System.Buffers;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Hub.Gateway.Series;

/// <summary>
/// Writes to an InfluxDB by HTTP: v2 (<c>/api/v2/write</c>: 1.8, 2.x, 3.x) or v1 (<c>/write</c>: 1.x). Passing faults
/// are
/// tried again a few times with jitter; where they don't pass, the circuit opens and the follower waits. One at a time.
/// </summary>
public sealed class InfluxWriter : ISeriesWriter, IDisposable
{
    private readonly InfluxOptions _options;
    private readonly bool _usesGzip;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _patience;
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly MemoryStream _packed = new();

    public InfluxWriter(InfluxOptions options)
    {
        _options = options;
        _usesGzip = options.UseGzip ?? !options.Url.IsLoopback;
        _http = InfluxHttp.Client(options);
        _patience = InfluxHttp.Patience(options, options.RequestTimeMax, isTriedAgain: true);
    }

    public async ValueTask<WriteAnswer> WriteAsync(ReadOnlyMemory<SeriesReading> batch, CancellationToken cancel)
    {
        var body = Body(batch.Span);
        try
        {
            var answer = await SendAsync(() => WriteRequest(body), cancel);
            if (_options.Api == 1 && answer.Status == HttpStatusCode.NotFound)
            {
                await SendAsync(CreateDatabase, cancel);
                answer = await SendAsync(() => WriteRequest(body), cancel);
            }

            return InfluxAnswer.Of(answer.Status, answer.Body, answer.RetryAfter);
        }
        catch (BrokenCircuitException e)
        {
            return new WriteAnswer.TryAgain(
                "InfluxDB has failed several times and is left alone for a while.", e.RetryAfter);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or IOException)
        {
            return new WriteAnswer.TryAgain($"InfluxDB can't be reached at {_options.Url}: {e.Message}");
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _packed.Dispose();
    }

    private async Task<(HttpStatusCode Status, string Body, TimeSpan? RetryAfter)> SendAsync(
        Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        using var response = await _patience.ExecuteAsync(
            async attempt =>
            {
                using var message = request();
                return await _http.SendAsync(message, attempt);
            },
            cancel);
        var body = response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(cancel);
        return (response.StatusCode, body, response.Headers.RetryAfter?.Delta);
    }

    private ReadOnlyMemory<byte> Body(ReadOnlySpan<SeriesReading> batch)
    {
        _lines.ResetWrittenCount();
        foreach (ref readonly var reading in batch)
        {
            InfluxLineProtocol.Write(_lines, reading);
        }

        if (!_usesGzip)
        {
            return _lines.WrittenMemory;
        }

        _packed.SetLength(0);
        using (var gzip = new GZipStream(_packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(_lines.WrittenSpan);
        }

        return _packed.GetBuffer().AsMemory(0, (int)_packed.Length);
    }

    private HttpRequestMessage WriteRequest(ReadOnlyMemory<byte> body)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
        if (_usesGzip)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        var path = _options.Api == 1
            ? $"write?db={Escaped(_options.Bucket)}&precision=ns"
            : $"api/v2/write?org={Escaped(_options.Organisation)}&bucket={Escaped(_options.Bucket)}&precision=ns";
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private HttpRequestMessage CreateDatabase()
    {
        var name = _options.Bucket.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return new HttpRequestMessage(HttpMethod.Post, "query")
        {
            Content = new FormUrlEncodedContent([new("q", $"CREATE DATABASE \"{name}\"")]),
        };
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}
