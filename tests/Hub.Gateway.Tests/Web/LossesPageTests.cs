using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Web;

public class LossesPageTests
{
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

    private static void Take(LossLedger ledger, long number, DateTimeOffset at) =>
        ledger.Take(new SpentSequences("edge-b1", "1", number, 1, at.UtcTicks));
}
