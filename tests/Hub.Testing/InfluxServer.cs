using System.Net.Http.Json;
using System.Text.Json;

namespace Hub.Testing;

/// <summary>A real influxd with data folders of its own, which survive its restarts; every write is fsynced.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    private readonly string _config;
    private readonly string _program = RealServer.Find("influxd");
    private readonly HttpClient _http;
    private readonly int _port = FreePorts.Next();
    private RealServer? _server;

    public InfluxServer(TempFolder folder)
    {
        _config = folder["influx.conf"];
        _http = new HttpClient { BaseAddress = Url };
        File.WriteAllText(_config, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePorts.Next()}"
            [meta]
              dir = "{folder["influx/meta"]}"
            [data]
              dir = "{folder["influx/data"]}"
              wal-dir = "{folder["influx/wal"]}"
              wal-fsync-delay = "0s"
              query-log-enabled = false
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{_port}"
              auth-enabled = false
              log-enabled = false
            [logging]
              level = "error"
            """);
    }

    public Uri Url => new($"http://127.0.0.1:{_port}/");

    public async Task StartAsync(CancellationToken cancel) =>
        _server = await RealServer.StartAsync(_program, _port, ["run", "-config", _config], cancel);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    /// <summary>Every (device, signal, nanoseconds, value) that the database holds, in time order.</summary>
    public async Task<List<(string Device, string Signal, long Nanoseconds, double Value)>> AllAsync(
        string database, CancellationToken cancel)
    {
        var query = Uri.EscapeDataString("SELECT device, signal, value FROM reading");
        var answer = await _http.GetFromJsonAsync<JsonElement>($"query?db={database}&epoch=ns&q={query}", cancel);
        var result = answer.GetProperty("results")[0];
        return result.TryGetProperty("series", out var series)
            ? [.. series[0].GetProperty("values").EnumerateArray().Select(row =>
                (row[1].GetString()!, row[2].GetString()!, row[0].GetInt64(), row[3].GetDouble()))]
            : [];
    }

    public async Task AskPostAsync(string query, CancellationToken cancel)
    {
        using var content = new FormUrlEncodedContent([new("q", query)]);
        using var answer = await _http.PostAsync("query", content, cancel);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
    }
}
