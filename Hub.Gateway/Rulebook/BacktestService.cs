using System.Runtime.CompilerServices;
using Hub.Gateway.Site;
using Hub.Gateway.Waiting;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Backtest;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Site;

namespace Hub.Gateway.Rulebook;

/// <summary>
/// A pack against the rules in force, over the hub's own journal, and its history where that was trimmed. When it is
/// through, the pack's text is noted as tested: that very text may be activated. One at a time.
/// </summary>
public sealed class BacktestService(JournalReplay replay, SiteBook book, OrderDesk desk)
    : IDisposable
{
    private const int EntriesAPage = 4_096;

    private readonly Turn _one = new();

    /// <summary>Runs it, and says now and then how far it is; the last news has the report.</summary>
    /// <param name="pack">The pack, read and checked.</param>
    /// <param name="yaml">Its text.</param>
    /// <param name="from">What is counted begins then; null for the beginning of all that is kept.</param>
    /// <param name="to">And ends then; null for now.</param>
    /// <param name="cancel">Stops it.</param>
    public async IAsyncEnumerable<BacktestNews> RunAsync(
        RulePack pack, string yaml, DateTimeOffset? from, DateTimeOffset? to,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        using var turn = await _one.TakeAsync(cancel);
        var backtest = new PackBacktest(InForce(), pack, new BacktestTerms
        {
            From = from ?? DateTimeOffset.MinValue,
            To = to ?? DateTimeOffset.MaxValue,
            Zone = book.Zone,
        });
        var span = await replay.OpenAsync(from, cancel);
        long taken = 0;
        using var entries = span.Entries.GetEnumerator();
        while (await Task.Run(() => TakePage(entries, backtest, to), cancel) is > 0 and var count)
        {
            taken += count;
            yield return new BacktestNews(
                backtest.Readings, backtest.At, Math.Min(1, (double)taken / Math.Max(1, span.Rows)));
        }

        var report = backtest.Report(await ConfirmedAsync(cancel));
        if (report.Readings > 0)
        {
            // A test on nothing opens no door.
            await book.ChangeAsync(
                new SiteChange.RulesTested(pack.Id, pack.Version, PackText.HashOf(yaml)), cancel);
        }

        yield return new BacktestNews(backtest.Readings, backtest.At, 1, report, span.HistoryUntil);
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Takes the next entries; how many there were, 0 at the end of the journal or of the span.</summary>
    private static int TakePage(
        IEnumerator<(DateTimeOffset At, Entry Entry)> entries, PackBacktest backtest, DateTimeOffset? to)
    {
        var count = 0;

        // A day more than the span: what was raised in it may be told late.
        while (count < EntriesAPage && entries.MoveNext() && !(entries.Current.At > to + TimeSpan.FromDays(1)))
        {
            backtest.Take(entries.Current.Entry);
            count++;
        }

        return count;
    }

    private RuleSet InForce() => RuleSet.From(book.Current.Packs.Values
        .Select(active => RulePackFile.Read(active.PackId, active.Yaml).Value).OfType<RulePack>());

    private async Task<IReadOnlyList<ConfirmedCase>> ConfirmedAsync(CancellationToken cancel) =>
    [
        .. from order in await desk.OutcomesAsync(Scorecards.OrdersMax, cancel)
           let verdict = CauseVerdict.Of(order.Cause)
           where verdict is not null
           select new ConfirmedCase(
               order.Number, order.SpaceId, order.Symptom, order.StartedAt, order.ResolvedAt ?? order.StartedAt,
               verdict.Value),
    ];
}
