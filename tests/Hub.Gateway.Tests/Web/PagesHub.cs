using System.Net;
using System.Text.RegularExpressions;
using Hub.Gateway.Inspections;
using Hub.Gateway.Live;
using Hub.Gateway.Reports;
using Hub.Gateway.Series;
using Hub.Gateway.Storage;
using Hub.Gateway.Units;
using Hub.Gateway.Web;
using Hub.Gateway.Web.Tour;
using Hub.Gateway.WorkOrders;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.Web;

/// <summary>The pages on a real Kestrel with a real desk and a real history; only the building is made up.</summary>
public sealed partial class PagesHub : IAsyncDisposable
{
    /// <summary>18:05 on the site's wall clock.</summary>
    public static readonly DateTimeOffset T0 = new(2026, 11, 21, 10, 5, 0, TimeSpan.Zero);

    private readonly TempFolder _folder;
    private readonly WebApplication _app;

    private PagesHub(WebApplication app, TempFolder folder, ManualTime time, ScriptedDemo demo) =>
        (_app, _folder, Time, Demo) = (app, folder, time, demo);

    public ManualTime Time { get; }

    public ScriptedDemo Demo { get; }

    public SampleSite Site => (SampleSite)_app.Services.GetRequiredService<IPremises>();

    public OrderDesk Desk => _app.Services.GetRequiredService<OrderDesk>();

    public HistoryStore History => _app.Services.GetRequiredService<HistoryStore>();

    /// <summary>A room of the hub.</summary>
    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public LiveFeed Feed => _app.Services.GetRequiredService<LiveFeed>();

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<PagesHub> StartAsync(
        bool isDemo = true, Action<WebApplicationBuilder>? with = null, Action<WebApplication>? map = null,
        WebOptions? web = null)
    {
        var folder = new TempFolder();
        var time = new ManualTime(T0);
        var demo = new ScriptedDemo();
        var options = new HubOptions
        {
            DataFolder = folder.Path,
            IsDemo = isDemo,
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            DemoKiosk = isDemo ? new Uri("http://127.0.0.1:8090/kiosk") : null,
        };
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IPremises>(new SampleSite());
        builder.Services.AddSingleton(OrderPolicy.Standard);
        builder.Services.AddSingleton<OrderDesk>();
        builder.Services.AddSingleton(_ => new SeriesDb(folder["series.db"]));
        builder.Services.AddSingleton(new HistoryOptions());
        builder.Services.AddSingleton<HistoryStore>();
        if (web is not null)
        {
            builder.Services.AddSingleton(web);
        }

        if (isDemo)
        {
            builder.Services.AddSingleton<IDemoControl>(demo);
        }

        builder.AddStorage(options);
        builder.AddUnits();
        builder.AddInspections(options);
        builder.AddReports();
        builder.AddWeb(options);
        with?.Invoke(builder);
        var app = builder.Build();
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync())
        {
            StorageSetup.CreateTables(db);
        }

        app.MapWeb();
        map?.Invoke(app);
        await app.StartAsync();
        return new PagesHub(app, folder, time, demo);
    }

    /// <summary>A browser without script: keeps cookies, follows nothing by itself.</summary>
    public HttpClient Browser()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        return new HttpClient(handler) { BaseAddress = Url };
    }

    /// <summary>Behind one of the demo's doors.</summary>
    public async Task<HttpClient> BehindAsync(string door)
    {
        var browser = Browser();
        var answer = await PostAsync(browser, "/", "/enter", ("door", door));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    /// <summary>Posts a form of that page, with the token that stands on it.</summary>
    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient browser, string page, string target, params (string Name, string Value)[] fields)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
            .Append(await TokenAsync(browser, page));
        return await browser.PostAsync(target, new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
    }

    /// <summary>The field that proves where a form came from.</summary>
    public static async Task<KeyValuePair<string, string>> TokenAsync(HttpClient browser, string page)
    {
        var token = Token().Match(await browser.GetStringAsync(page, TestContext.Current.CancellationToken));
        Assert.True(token.Success, $"{page} has no form.");
        return KeyValuePair.Create(token.Groups[1].Value, WebUtility.HtmlDecode(token.Groups[2].Value));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(__RequestVerificationToken)\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
