using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Testing;

namespace Hub.Proof.Tests;

/// <summary>A hub's program on a data folder and ports of its own, which can be killed and started again.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private const string Site = """
        commissioning:
          - { device: "load-*", space: load-test, auto: true }
          - { device: "button-*", space: "{device}", auto: true }
        """;

    private readonly TempFolder _folder = new();
    private readonly HttpClient _http;
    private HubProcess _process = null!;
    private string[] _more = [];

    private TestHub() => _http = new HttpClient(new Witness(this));

    public int HttpPort { get; } = FreePorts.Next();

    public int MqttPort { get; } = FreePorts.Next();

    public HubProcess Process => _process;

    public string DataFolder => _folder["data"];

    public string SiteFile => _folder["site.yaml"];

    public HttpClient Http => _http;

    public string[] Arguments =>
    [
        "hub", "run", "--data", DataFolder, "--http", $"127.0.0.1:{HttpPort}", "--mqtt", $"127.0.0.1:{MqttPort}",
        "--site", SiteFile, "--allow-anonymous-loopback", .. _more,
    ];

    /// <param name="more">What is said besides.</param>
    public static async Task<TestHub> StartAsync(params string[] more)
    {
        var hub = await MakeAsync(more);
        await hub.RestartAsync();
        return hub;
    }

    /// <summary>One that has never run.</summary>
    public static async Task<TestHub> MakeAsync(params string[] more)
    {
        var hub = new TestHub { _more = more };
        await File.WriteAllTextAsync(hub.SiteFile, Site);
        hub._http.BaseAddress = new Uri($"http://127.0.0.1:{hub.HttpPort}");
        return hub;
    }

    /// <summary>A life under another program, which may end it at any time.</summary>
    public async Task RestartUnderAsync(string[] under) =>
        _process = await HubProcess.LaunchAsync(under, "buildinghub", Arguments);

    public async Task RestartAsync() => _process = await HubProcess.StartAsync("buildinghub", Arguments);

    /// <summary>
    /// Every value of one signal that the hub's own door gives out, page by page; from then on. None of a device that it
    /// doesn't know yet.
    /// </summary>
    public async Task<List<double>> ReadingsAsync(
        string device, string signal, CancellationToken cancel, DateTimeOffset? from = null)
    {
        var since = from is null ? "" : $"&from={from.Value.UtcDateTime:O}";
        var values = new List<double>();
        string? next = null;
        do
        {
            var after = next is null ? "" : $"&after={Uri.EscapeDataString(next)}";
            using var answer = await _http.GetAsync(
                $"/api/v1/readings?device={device}&signal={signal}&limit=50000{since}{after}", cancel);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return values;
            }

            var page = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancel);
            values.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("value").GetDouble()));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        return values;
    }

    /// <summary>Every order there is: its space and how often it was repeated.</summary>
    public async Task<List<(string Space, int Repeats)>> OrdersAsync(CancellationToken cancel)
    {
        var orders = new List<(string, int)>();
        string? next = null;
        do
        {
            var after = next is null ? "" : $"&after={Uri.EscapeDataString(next)}";
            var page = await _http.GetFromJsonAsync<JsonElement>($"/api/v1/orders?state=all&limit=100{after}", cancel);
            orders.AddRange(page.GetProperty("items").EnumerateArray().Select(
                item => (item.GetProperty("space").GetString()!, item.GetProperty("repeats").GetInt32())));
            next = page.GetProperty("next") is { ValueKind: not JsonValueKind.Null } token
                ? token.ValueKind == JsonValueKind.String ? token.GetString() : token.GetInt64().ToString(CultureInfo.InvariantCulture)
                : null;
        }
        while (next is not null);
        return orders;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>Tells of a hub that answers no more how it ended, which nobody would know otherwise.</summary>
    private sealed class Witness(TestHub hub) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException e)
            {
                var process = hub._process.Process;
                var end = process.HasExited ? $"ended with {process.ExitCode}" : "runs";
                throw new HttpRequestException($"{e.Message} The hub {end}:\n{hub._process.Talk}", e);
            }
        }
    }
}
