using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Hub.Edge.Kiosk;
using Hub.Edge.Outbox;
using Hub.Edge.Setup;
using Hub.Testing;

namespace Hub.Edge.Tests.Kiosk;

/// <summary>An edge without a hub, and a browser in front of it.</summary>
public abstract partial class KioskVisit : IAsyncLifetime
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TempFolder Folder { get; } = new();

    protected ManualTime Time { get; } = new(new DateTimeOffset(2026, 1, 5, 10, 5, 0, TimeSpan.Zero));

    protected ManualTime Pace { get; } = new();

    protected ConcurrentQueue<EdgeRecord> Records { get; } = new();

    protected HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    protected EdgeHost Edge { get; set; } = null!;

    protected virtual KioskOptions Options { get; } = new()
    {
        IsEnabled = true,
        Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
        Lobby = "b1-e2-lobby",
        Building = "3 栋 2 单元",
        Hotline = "400-000-0000",
        PixelsPerInch = 92,
    };

    public async ValueTask InitializeAsync()
    {
        Edge = await StartAsync();
        Http.BaseAddress = Edge.KioskAddress;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Edge.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<EdgeHost> StartAsync()
    {
        var edge = new EdgeHost(
            new EdgeOptions
            {
                Edge = "e1",
                DataFolder = Folder.Path,
                Pace = Pace,
                IsClockTrusted = true,
                Kiosk = Options,
            },
            Time, connector: _ => throw new IOException("no hub"));
        edge.Recorded += Records.Enqueue;
        await edge.StartAsync(Cancel);
        return edge;
    }

    protected Task<string> PageAsync(string query = "") => Http.GetStringAsync("kiosk" + query, Cancel);

    protected async Task<string> TokenAsync() => Token().Match(await PageAsync()).Groups[1].Value;

    protected Task<HttpResponseMessage> PressAsync(string token, string query = "") =>
        PostAsync("press" + query, ("token", token));

    protected async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Http.PostAsync("kiosk/" + path, form, Cancel);
    }

    protected static async Task<string> DataAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancel) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "";
    }

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"call\" value=\"([0-9a-f]+)\"")]
    protected static partial Regex CallId();
}
