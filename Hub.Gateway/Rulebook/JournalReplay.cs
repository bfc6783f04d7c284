using Hub.Gateway.Journal;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Rulebook;

/// <summary>
/// The past as entries, for an engine that is to know what the live one knew.
/// <code>
///   the site's changes so far ─► history, a minute a step ─► journal, row by row ─► to its present end
///   (if it doesn't begin         (where the journal          (from its first row, or from
///    with the first row)          has been trimmed)           what is learnt from before)
/// </code>
/// </summary>
public sealed class JournalReplay(JournalLog journal, SiteBook book, HistoryStore? history = null)
{
    /// <summary>
    /// So long before a span an engine begins, to have learnt what the rules learn: the four weeks of a register that
    /// stands still are the longest, and a week more. Only running hours (F4) are counted from a point's beginning.
    /// </summary>
    public static readonly TimeSpan LearnFor = TimeSpan.FromDays(35);

    /// <summary>Nothing has been trimmed away yet.</summary>
    private bool IsUntrimmed => journal.First.Value <= LogPosition.Start.Value + 1;

    /// <summary>Everything that an engine must see to speak about times from there on.</summary>
    /// <param name="from">The first time asked about; null for all that is known.</param>
    /// <param name="cancel">Stops reading the site's changes.</param>
    public async Task<ReplaySpan> OpenAsync(DateTimeOffset? from, CancellationToken cancel)
    {
        var begin = from is { } time && time - DateTimeOffset.MinValue > LearnFor
            ? time - LearnFor
            : DateTimeOffset.MinValue;
        var tail = journal.Tail;
        var start = new LogPosition(Math.Max(journal.First.Value - 1, journal.Before(begin).Value));
        if (IsUntrimmed && start <= LogPosition.Start)
        {
            return new ReplaySpan(Rows(start, tail), true, null, tail.Value - start.Value);
        }

        var changes = await book.ChangesAsync(cancel);
        var firstAt = journal.Read(start, tail).FirstOrDefault()?.CommittedAt ?? DateTimeOffset.MaxValue;
        var isTrimmed = start.Value < journal.First.Value;
        var past = isTrimmed && history is not null
            ? HistoryReplay.Entries(history, changes, begin, firstAt)
            : changes.TakeWhile(change => change.At < firstAt)
                .Select(change => (change.At, (Entry)new Entry.Changed(change.At, change.Change)));
        return new ReplaySpan(
            past.Concat(Rows(start, tail)), false, isTrimmed && history is not null ? firstAt : null,
            tail.Value - start.Value);
    }

    private IEnumerable<(DateTimeOffset At, Entry Entry)> Rows(LogPosition after, LogPosition tail)
    {
        foreach (var row in journal.Read(after, tail))
        {
            foreach (var entry in row.Entries)
            {
                yield return (row.CommittedAt, entry);
            }
        }
    }
}
