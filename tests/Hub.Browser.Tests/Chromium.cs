using Hub.Browser.Tests;
using Hub.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Hub.Browser.Tests;

/// <summary>
/// The machine's own Chromium, headless and talking to nobody but the hub: one for all tests, which share nothing in it.
/// Where there is none the tests are skipped, visibly; with BUILDINGHUB_REQUIRE_SERVERS=1 they fail. No browser is ever
/// downloaded.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/bin/chromium"))
        {
            return;
        }

        // A machine that also runs everything else is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A fresh visitor with nothing kept. The page's own faults (script errors, refused contents) are
    /// gathered.</summary>
    public async Task<Visit> VisitAsync(
        Uri hub, int width = 1280, int height = 860, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        _ = RealServer.Find("chromium");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = hub.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
            DeviceScaleFactor = width < 500 ? 2 : 1,
        });
        context.SetDefaultTimeout(20_000);
        return new Visit(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}
