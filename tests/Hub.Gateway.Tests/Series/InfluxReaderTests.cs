using System.Net;
using Hub.Gateway.Series;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Series;

public sealed class InfluxReaderTests : IAsyncLifetime
{
    private const string Answer = """
        {"results":[{"statement_id":0,"series":[{"name":"reading","columns":["time","value"],
        "values":[[1767600000000000000,1.5]]}]},{"statement_id":1}]}
        """;

    private readonly ManualTime _time = new();
    private RequestDelegate _answer = null!;
    private WebApplication _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add($"http://{IPAddress.Loopback}:0");
        _server.Run(context => _answer(context));
        await _server.StartAsync(Cancel);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_answer_is_read_with_the_writers_token_and_bucket()
    {
        var asked = "";
        _answer = context =>
        {
            asked = $"{context.Request.Headers.Authorization} {context.Request.Path}{context.Request.Query["db"]}";
            return context.Response.WriteAsync(Answer, Cancel);
        };

        var older = await ReadAsync();

        Assert.Equal("Token key /querya b", asked);
        Assert.Equal(OlderState.Shown, older.State);
        Assert.Equal(1.5, Assert.Single(older.Parts).Last);
    }

    [Theory]
    [InlineData(401, "", OlderState.Unavailable)]
    [InlineData(404, "", OlderState.Unavailable)]
    [InlineData(503, "", OlderState.Unreached)]
    [InlineData(200, "<html>", OlderState.Unavailable)]
    [InlineData(200, """{"results":[{},{}]}""", OlderState.None)]
    public async Task What_it_says_instead_is_a_state(int status, string body, OlderState state)
    {
        _answer = context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body, Cancel);
        };

        Assert.Equal(state, (await ReadAsync()).State);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_not_read()
    {
        _answer = context => context.Response.WriteAsync(Answer, Cancel);

        Assert.Equal(OlderState.Unavailable, (await ReadAsync(bytesMax: Answer.Length - 1)).State);
        Assert.Equal(OlderState.Shown, (await ReadAsync(bytesMax: Answer.Length)).State);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_time_out_also_for_the_rest_of_an_answer()
    {
        var begun = new TaskCompletionSource();
        _answer = async context =>
        {
            await context.Response.WriteAsync("{", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        var reading = ReadAsync();
        await begun.Task;
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(OlderState.Unreached, (await reading).State);
    }

    [Fact]
    public async Task A_server_that_is_away_is_not_reached()
    {
        var reading = ReadAsync(new Uri($"http://127.0.0.1:{FreePorts.Next()}/"));

        Assert.Equal(OlderState.Unreached, (await reading).State);
    }

    private async Task<OlderPart> ReadAsync(Uri? url = null, int bytesMax = 4 << 20)
    {
        var options = new InfluxOptions
        {
            Url = url ?? new Uri(_server.Urls.Single()),
            Bucket = "a b",
            Token = "key",
            QueryBytesMax = bytesMax,
            Clock = _time,
        };
        using var reader = new InfluxReader(options, () => "court", NullLogger<InfluxReader>.Instance);
        var point = new Point(new PointNumber(1), "edge-b1", "w-1", Signal.WaterVolume, "b1");
        var from = Some.Morning.UtcTicks;
        return await reader.ReadAsync(
            new OlderQuery(point, from, from + TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute), Cancel);
    }
}
