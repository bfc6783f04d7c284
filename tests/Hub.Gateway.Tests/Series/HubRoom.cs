using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.EdgeConfig;
using Hub.Gateway.Fleet;
using Hub.Gateway.Journal;
using Hub.Gateway.Live;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.Series;

/// <summary>A hub of journal, site, history and fleet, asked over real HTTP; it can be stopped and started again.</summary>
internal sealed class HubRoom : IAsyncDisposable
{
    /// <summary>A site with one home and its water meter; more can be written under it.</summary>
    public const string OneMeter = """
        site: { id: court, zone: Asia/Shanghai, hotline: "400-000-0000" }
        spaces:
          - { id: b1, kind: unit, name: "301" }
        edges:
          - id: edge-b1
            devices:
              - { id: w-1, space: b1, every: 60 s, points: [ { signal: water.volume } ] }
        """;

    private readonly TempFolder _folder = new();
    private ISeriesReader? _older;
    private WebApplication _app = null!;

    public ManualTime Time { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    public JournalLog Journal => Get<JournalLog>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="older">What is asked for what is older than the history.</param>
    public static async Task<HubRoom> StartAsync(
        string siteYaml, CancellationToken cancel, ISeriesReader? older = null)
    {
        var room = new HubRoom { _older = older };
        await File.WriteAllTextAsync(room._folder["site.yaml"], siteYaml, cancel);
        await room.StartAsync(cancel);
        return room;
    }

    /// <summary>With another site file.</summary>
    public async Task RestartAsync(string siteYaml, CancellationToken cancel)
    {
        await File.WriteAllTextAsync(_folder["site.yaml"], siteYaml, cancel);
        await RestartAsync(cancel);
    }

    /// <param name="between">What happens to the data folder while it is down.</param>
    public async Task RestartAsync(CancellationToken cancel, Action<string>? between = null)
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        between?.Invoke(_folder.Path);
        await StartAsync(cancel);
    }

    public async Task AppendAsync(Entry entry, CancellationToken cancel) => await Journal.AppendAsync(entry, cancel);

    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) =>
        Http.GetFromJsonAsync<JsonElement>(path, cancel);

    public async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string path, CancellationToken cancel)
    {
        using var answer = await Http.GetAsync(path, cancel);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        var options = new HubOptions { DataFolder = _folder.Path, SiteFile = _folder["site.yaml"] };
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddSingleton(new EdgeConfigOptions());
        builder.Services.AddSingleton<ConfigBook>();
        builder.AddStorage(options).AddJournal(options).AddSite().AddSeries(options).AddFleet(options);
        if (_older is not null)
        {
            builder.Services.AddSingleton(_older);
        }

        _app = builder.Build();
        await HubHost.OpenTablesAsync(_app.Services, options, cancel);
        _app.MapSeries();
        _app.MapFleet();
        await _app.StartAsync(cancel);
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    private async Task StopAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
