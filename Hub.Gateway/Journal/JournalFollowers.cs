using System.Collections.Concurrent;
using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>Who reads the journal, and how far each has come.</summary>
internal sealed class JournalFollowers
{
    private readonly ConcurrentDictionary<string, LogPosition> _cursors = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, LogPosition> _seen = new(StringComparer.Ordinal);

    public void Report(string follower, LogPosition cursor) => _cursors[follower] = cursor;

    /// <summary>It has come so far; until its cursor follows, only in memory.</summary>
    public void Saw(string follower, LogPosition position) => _seen[follower] = position;

    public LogPosition? Slowest() => _cursors.IsEmpty ? null : _cursors.Values.Min();

    public IReadOnlyList<JournalFollower> List(LogPosition tail) =>
    [
        .. from cursor in _cursors
           orderby cursor.Key
           select new JournalFollower(cursor.Key, cursor.Value, Seen(cursor.Key, tail).RowsTo(tail)),
    ];

    // Whoever only keeps rows from being trimmed has none to see.
    private LogPosition Seen(string follower, LogPosition tail) => _seen.GetValueOrDefault(follower, tail);
}
