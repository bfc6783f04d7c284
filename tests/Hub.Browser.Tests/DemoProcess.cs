using System.Text.RegularExpressions;
using Hub.Testing;

namespace Hub.Browser.Tests;

/// <summary>The whole demo as people start it: hub, edges, kiosk and simulated building in a process of their
/// own.</summary>
public sealed partial class DemoProcess : IAsyncDisposable
{
    private const string Program = "buildinghub-site";

    private readonly HubProcess _process;
    private readonly TempFolder _folder;

    private DemoProcess(HubProcess process, TempFolder folder, Uri hub, Uri kiosk) =>
        (_process, _folder, Hub, Kiosk) = (process, folder, hub, kiosk);

    public Uri Hub { get; }

    public Uri Kiosk { get; }

    public static async Task<DemoProcess> StartAsync()
    {
        var folder = new TempFolder();
        var process = await HubProcess.StartAsync(
            Program, "demo", "--data", folder["demo"], "--http", Free(), "--mqtt", Free(), "--kiosk", Free());
        var ready = Ready().Match(process.ReadyLine);
        Assert.True(ready.Success, process.ReadyLine);
        return new DemoProcess(process, folder, UrlOf(ready.Groups[1].Value), UrlOf(ready.Groups[2].Value));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string Free() => $"127.0.0.1:{FreePorts.Next()}";

    private static Uri UrlOf(string said) =>
        new(said.Contains("://", StringComparison.Ordinal) ? said : $"http://{said}");

    [GeneratedRegex(@"http=(\S+).* kiosk=(\S+)")]
    private static partial Regex Ready();
}
