using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Watch;
using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Rulebook;

/// <summary>
/// The journal from its first row to its present end, for an engine that is to know what the live one knew. Where the
/// first rows have been trimmed away, the site as it is now is told first.
/// </summary>
public sealed class JournalReplay(JournalLog journal, SiteBook book)
{
    /// <summary>Nothing has been trimmed away yet.</summary>
    public bool IsWhole => journal.First.Value <= LogPosition.Start.Value + 1;

    /// <summary>Every entry, and when the hub committed it. An entry is valid until the next is asked for.</summary>
    public IEnumerable<(DateTimeOffset At, Entry Entry)> Entries()
    {
        var (first, tail) = (journal.First, journal.Tail);
        if (!IsWhole)
        {
            foreach (var entry in SiteEntries.Of(book.Current, DateTimeOffset.UnixEpoch))
            {
                yield return (DateTimeOffset.MinValue, entry);
            }
        }

        foreach (var row in journal.Read(new LogPosition(Math.Max(0, first.Value - 1)), tail))
        {
            foreach (var entry in row.Entries)
            {
                yield return (row.CommittedAt, entry);
            }
        }
    }
}
