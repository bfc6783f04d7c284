using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Homecoming;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.Units;

/// <summary>
/// A whole hub in this process, with every room and real files; whoever calls from this machine is its chief, as on a
/// hub without accounts. One entrance with units in custody and lived in, meters and a door.
/// </summary>
public class WholeHub : IAsyncLifetime
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    private const string SiteYaml = """
        site: { id: court, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: b1-e1-lobby, kind: lobby, building: b1, entrance: b1-e1 }
          - { id: b1-e1-0301, kind: unit, name: "1-301", building: b1, entrance: b1-e1, floor: 3, occupancy: custody, vacantSince: 2026-05-03 }
          - { id: b1-e1-0302, kind: unit, name: "1-302", building: b1, entrance: b1-e1, floor: 3 }
          - { id: b1-e1-0401, kind: unit, name: "1-401", building: b1, entrance: b1-e1, floor: 4, occupancy: unsold }
          - { id: b1-e1-0402, kind: unit, name: "1-402", building: b1, entrance: b1-e1, floor: 4, occupancy: custody, vacantSince: 2026-09-01 }
          - { id: b1-e1-0501, kind: unit, name: "1-501", building: b1, entrance: b1-e1, floor: 5, occupancy: unsold }
          - { id: pump-a, kind: facility, name: "Pump A" }
        edges:
          - id: edge-b1
            devices:
              - { id: w-0301, space: b1-e1-0301, every: 60 s, points: [ { signal: water.volume, pulse: 1 L } ] }
              - { id: e-0301, space: b1-e1-0301, every: 60 s, points: [ { signal: electric.energy, pulse: 1000 imp/kWh } ] }
              - { id: d-0301, space: b1-e1-0301, points: [ { signal: door.open } ] }
              - { id: p-a, space: pump-a, points: [ { signal: facility.run } ] }
        """;

    private readonly TempFolder _folder = new();
    private WebApplication _app = null!;

    public ManualTime Time { get; } = new(Noon);

    public IServiceProvider Services => _app.Services;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>Where its tables are; null for a file.</summary>
    private protected virtual PostgresOptions? Postgres => null;

    /// <summary>How it reaches people; null for not at all.</summary>
    private protected virtual string? NotifyFile => null;

    /// <summary>Whether its people come in by the demo's doors.</summary>
    private protected virtual bool IsDemo => false;

    /// <summary>A file of the data folder.</summary>
    public string this[string name] => _folder[name];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder["site.yaml"], SiteYaml);
        await StartAsync();
    }

    /// <summary>As after a power cut, but for what the operating system still writes.</summary>
    public async Task RestartAsync()
    {
        await _app.DisposeAsync();
        await StartAsync();
    }

    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path, Cancel));

    public async Task<JsonElement> PostAsync(string path, object body) =>
        await ReadAsync(await Client.PostAsJsonAsync(path, body, Cancel));

    /// <summary>The answer to a body of any type, with what it says whatever its status.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(
        HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await Client.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client.Dispose();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }

    private async Task StartAsync()
    {
        var options = new HubOptions
        {
            DataFolder = _folder.Path,
            SiteFile = _folder["site.yaml"],
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
            AllowAnonymousLoopback = true,
            Postgres = Postgres,
            NotifyFile = NotifyFile,
            IsDemo = IsDemo,
        };
        _app = HubHost.Build(options, Time, builder => builder.Logging.ClearProviders());
        await using (var db = await _app.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync())
        {
            StorageSetup.CreateTables(db);
        }

        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client.BaseAddress ??= new Uri(address);
        Port = new Uri(address).Port;
    }

    public int Port { get; private set; }
}

/// <summary>One hub for all tests that need a whole one; each minds its own units.</summary>
[CollectionDefinition(nameof(WholeHub))]
public sealed class WholeHubTests : ICollectionFixture<WholeHub>;

/// <summary>And one for those who let days pass.</summary>
[CollectionDefinition(nameof(HomecomingTests))]
public sealed class HomecomingHub : ICollectionFixture<WholeHub>;
