using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Hub.Browser.Tests;

/// <summary>One visitor's window, and what went wrong in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private const int LooksMax = 400;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

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
        await Assertions.Expect(Page).Not.ToHaveURLAsync(new Regex("/$"));
        // Asked of the page itself, for its events may have come before anybody waits for them; and from here, for the
        // page's own policy forbids a function that waits in it.
        for (var look = 0; await Page.EvaluateAsync<string>("document.readyState") != "complete"; look++)
        {
            Assert.True(look < LooksMax, $"{Page.Url} is not loaded.");
            await Task.Delay(LookEvery);
        }
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
