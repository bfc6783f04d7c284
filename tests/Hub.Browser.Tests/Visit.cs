using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Hub.Browser.Tests;

/// <summary>One visitor's window, and what went wrong in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, fault) => _faults.Enqueue(fault);
        page.Console += (_, message) =>
        {
            // A fetch that is cut off by leaving the page, or a 409 that the page shows itself, is no fault of the
            // page.
            if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal))
            {
                _faults.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Script errors and everything the content policy refused.</summary>
    public IEnumerable<string> Faults => _faults;

    public Task GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>Through one of the demo's doors.</summary>
    public async Task EnterAsync(string door)
    {
        await GoAsync("/");
        await Page.Locator($"form:has(input[value=\"{door}\"]) button").ClickAsync();
        await Page.WaitForURLAsync(
            url => !url.EndsWith('/'), new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });
        // Asked of the page itself: its load event may have come before anybody waited for it.
        await Page.WaitForFunctionAsync("document.readyState === 'complete'");
    }

    /// <summary>Pictures are wanted: BUILDINGHUB_SHOTS names a folder for them.</summary>
    public static bool IsShooting => Shots.Length > 0;

    private static string Shots => Environment.GetEnvironmentVariable("BUILDINGHUB_SHOTS") ?? "";

    public async Task ShootAsync(string name)
    {
        if (IsShooting)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Shots, name + ".png"),
                FullPage = true,
            });
        }
    }

    public ValueTask DisposeAsync() => new(_context.CloseAsync());
}
