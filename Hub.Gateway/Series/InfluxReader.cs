using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Hub.Gateway.Series;

/// <summary>
/// Asks an InfluxDB by its v1 <c>/query</c>, which 2.x has, too, where the bucket has a DBRP mapping. One request, not
/// tried again: somebody waits for it, and no longer than <see cref="InfluxOptions.QueryTimeMax"/>.
/// </summary>
public sealed partial class InfluxReader : ISeriesReader, IDisposable
{
    private readonly InfluxOptions _options;
    private readonly Func<string> _site;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _patience;
    private readonly ILogger<InfluxReader> _logger;

    /// <param name="site">The <c>site</c> tag.</param>
    public InfluxReader(InfluxOptions options, Func<string> site, ILogger<InfluxReader> logger)
    {
        (_options, _site, _logger) = (options, site, logger);
        _http = InfluxHttp.Client(options);
        _http.MaxResponseContentBufferSize = options.QueryBytesMax;
        _patience = InfluxHttp.Patience(options, options.QueryTimeMax, isTriedAgain: false);
    }

    public async ValueTask<OlderPart> ReadAsync(OlderQuery asked, CancellationToken cancel)
    {
        var query = InfluxQuery.Text(asked, _site(), _options.QueryReadingsMax);
        var path = $"query?db={Uri.EscapeDataString(_options.Bucket)}&epoch=ns&q={Uri.EscapeDataString(query)}";
        try
        {
            // The whole answer is here when it returns, or the time or the bytes were too many.
            using var response = await _patience.ExecuteAsync(
                async attempt => await _http.GetAsync(new Uri(path, UriKind.Relative), attempt), cancel);
            if (!response.IsSuccessStatusCode)
            {
                Answers(_logger, response.StatusCode);
                return InfluxAnswer.IsPassing(response.StatusCode) ? OlderPart.Unreached : OlderPart.Unavailable;
            }

            var body = await response.Content.ReadAsByteArrayAsync(cancel);
            return OlderPart.Of(InfluxRows.Read(body, asked, _options.QueryReadingsMax));
        }
        catch (Exception e) when (e is InvalidDataException
            or HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
        {
            SaysNo(_logger, e.Message);
            return OlderPart.Unavailable;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException
            or BrokenCircuitException)
        {
            SaysNo(_logger, e.Message);
            return OlderPart.Unreached;
        }
    }

    public void Dispose() => _http.Dispose();

    [LoggerMessage(
        3221, LogLevel.Information, "The older part of a chart is not shown. InfluxDB answers {Status}.")]
    private static partial void Answers(ILogger logger, HttpStatusCode status);

    [LoggerMessage(3222, LogLevel.Information, "The older part of a chart is not shown. {Reason}")]
    private static partial void SaysNo(ILogger logger, string reason);
}
