using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Storage;
using Hub.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Web;

public sealed class LossesPageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task The_page_has_a_panel_an_edge_and_day_with_what_is_missing_and_what_came_later()
    {
        var ledger = new LossLedger();
        Take(ledger, 1, PagesHub.T0.AddMinutes(-20));
        Take(ledger, 11, PagesHub.T0.AddMinutes(-10));
        Take(ledger, 5, PagesHub.T0.AddMinutes(-16));
        await using var hub = await PagesHub.StartAsync(with: builder => builder.Services.AddSingleton(ledger));
        using var engineer = await hub.BehindAsync("engineer-02");

        var html = await engineer.GetStringAsync("/fleet/losses?lang=en", TestContext.Current.CancellationToken);

        Assert.Contains("edge-b1 <span class=\"meta\">2026-11-21</span><span class=\"tag num\">8</span>", html);
        Assert.Equal(4, html.Split("<td class=\"num\">10 min").Length);
        Assert.Contains("2 – 4", html);
        Assert.Contains("5 – 5", html);
        Assert.Contains("Filled by a resend", html);
        Assert.Contains("/fleet/losses", await engineer.GetStringAsync("/fleet", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_page_tells_of_a_database_that_was_damaged_and_what_is_gone()
    {
        await using var hub = await PagesHub.StartAsync(with: builder =>
        {
            var options = new HubOptions { DataFolder = _folder.Path };
            new RecoveryLedger(_folder.Path).Add(new DatabaseRecovery(
                PagesHub.T0, "series.db", "It was noise.", "/data/series.db.damaged-1",
                [new TableRecovery("chunks", 12, IsComplete: false), new TableRecovery("names", 3, IsComplete: true)])
            {
                Spans = [new LostSpan("edge-b1/w-1 water.volume", PagesHub.T0.AddDays(-40), PagesHub.T0.AddDays(-31))],
            });
            builder.Services.AddSingleton(_ => new DatabaseBook(
                options, TimeProvider.System, NullLogger<DatabaseBook>.Instance));
        });
        using var engineer = await hub.BehindAsync("engineer-02");

        var html = await engineer.GetStringAsync("/fleet/losses?lang=en", TestContext.Current.CancellationToken);

        Assert.Contains("It was noise.", html);
        Assert.Contains("<b>Rows are gone of</b> chunks<", html);
        Assert.Contains("series.db.damaged-1", html);
        Assert.Contains("edge-b1/w-1 water.volume", html);
    }

    public void Dispose() => _folder.Dispose();

    private static void Take(LossLedger ledger, long number, DateTimeOffset at) =>
        ledger.Take(new SpentSequences("edge-b1", "1", number, 1, at.UtcTicks));
}
