using System.Collections.Concurrent;
using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>Who reads the journal, and how far each has come.</summary>
internal sealed class JournalFollowers
{
    private readonly ConcurrentDictionary<string, LogPosition> _cursors = new(StringComparer.Ordinal);

    public void Report(string follower, LogPosition cursor) => _cursors[follower] = cursor;

    public LogPosition? Slowest() => _cursors.IsEmpty ? null : _cursors.Values.Min();

    public IReadOnlyList<JournalFollower> List(LogPosition tail) =>
    [
        .. from cursor in _cursors
           orderby cursor.Key
           select new JournalFollower(cursor.Key, cursor.Value, Math.Max(0, tail.Value - cursor.Value.Value)),
    ];
}
