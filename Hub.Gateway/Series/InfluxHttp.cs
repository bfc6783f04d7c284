using System.Net.Http.Headers;
using System.Text;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Hub.Gateway.Series;

/// <summary>How an InfluxDB is spoken to, for writing and for reading.</summary>
internal static class InfluxHttp
{
    public static HttpClient Client(InfluxOptions options)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = !options.Url.IsLoopback,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        http.BaseAddress = options.Url;
        // The pipeline has its own time-out, by the options' clock.
        http.Timeout = Timeout.InfiniteTimeSpan;
        http.DefaultRequestHeaders.Authorization = Authorization(options);
        return http;
    }

    /// <param name="options">Whose clock it is.</param>
    /// <param name="timeMax">How long one request may take.</param>
    /// <param name="isTriedAgain">Whether passing faults are tried again a few times.</param>
    public static ResiliencePipeline<HttpResponseMessage> Patience(
        InfluxOptions options, TimeSpan timeMax, bool isTriedAgain)
    {
        var passing = new PredicateBuilder<HttpResponseMessage>()
            .Handle<HttpRequestException>()
            .Handle<IOException>()
            .Handle<TimeoutRejectedException>()
            .HandleResult(response => InfluxAnswer.IsPassing(response.StatusCode));
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.Clock };
        if (isTriedAgain)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = passing,
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            });
        }

        return builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = passing,
                FailureRatio = 0.5,
                MinimumThroughput = 6,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(2),
            })
            .AddTimeout(timeMax)
            .Build();
    }

    private static AuthenticationHeaderValue? Authorization(InfluxOptions options) => options switch
    {
        { Token: { } token } => new AuthenticationHeaderValue("Token", token),
        { User: { } user } => new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}"))),
        _ => null,
    };
}
