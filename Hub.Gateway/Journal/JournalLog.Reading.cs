using System.Runtime.CompilerServices;
using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>Reading it: as one who follows, or once again.</summary>
public sealed partial class JournalLog
{
    /// <summary>Rows are damaged, or gone from between the others: when it was opened, or since.</summary>
    public bool IsDamaged =>
        DamagedRows > 0 || Recovery is { WasDamaged: true } || LastCheck is { Found.MissingRows: > 0 };

    /// <summary>
    /// All rows after a position, now and as they come, until cancelled. A row and its entries are valid until the next
    /// is asked for.
    /// </summary>
    public async IAsyncEnumerable<JournalRow> FollowAsync(
        string follower, LogPosition after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var cursor = Begin(follower, after);
        var reader = new EntryReader();
        var buffer = Array.Empty<byte>();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var next = _committed.Next;
            if (ReadNext(cursor, ref buffer, out var length) is not { } position)
            {
                await next.WaitAsync(cancel);
                continue;
            }

            cursor = position;
            if (Decode(position, buffer.AsSpan(0, length), reader) is { } row)
            {
                yield return row;
            }

            _followers.Saw(follower, position);
        }
    }

    /// <summary>
    /// A follower says how far it is, durably: rows up to there may be trimmed once they are old enough.
    /// </summary>
    public void Report(string follower, LogPosition cursor) => _followers.Report(follower, cursor);

    /// <summary>The rows after a position up to another, for a replay: nobody follows, nothing is reported.</summary>
    public IEnumerable<JournalRow> Read(LogPosition after, LogPosition through)
    {
        var reader = new EntryReader();
        var buffer = Array.Empty<byte>();
        while (after < through && ReadNext(after, ref buffer, out var length) is { } position)
        {
            after = position;
            if (Decode(position, buffer.AsSpan(0, length), reader) is { } row)
            {
                yield return row;
            }
        }
    }

    /// <summary>The last row that was committed before a time; found by halving, some forty rows are read.</summary>
    public LogPosition Before(DateTimeOffset at) =>
        new(JournalTrim.LastCommittedBefore(_log, at, First.Value, Tail.Value));

    /// <summary>Which sequence numbers the rows after a position have spent; gives the last row read.</summary>
    public LogPosition ReadSequences(LogPosition after, Action<SpentSequences> take) =>
        ReadRows(after, (reader, entries) => reader.ReadSequences(entries, take));

    /// <summary>Which QoS 2 messages the rows after a position took and released; gives the last row read.</summary>
    public LogPosition ReadTaken(LogPosition after, Action<TakenMessage> take) =>
        ReadRows(after, (reader, entries) => reader.ReadTaken(entries, take));

    /// <summary>The next row into a check; null when there is none.</summary>
    internal LogPosition? ReadRow(LogPosition after, JournalCheck check)
    {
        if (ReadNext(after, ref _checked, out var length) is not { } position)
        {
            return null;
        }

        check.Take(position, _checked.AsSpan(0, length));
        return position;
    }

    /// <summary>A walk over all rows has come to its end.</summary>
    internal void NoteChecked(JournalCheck check)
    {
        foreach (var position in check.Damaged)
        {
            NoteDamage(position, "a check of all rows found it.");
        }

        LastCheck = (_time.GetUtcNow(), check);
        JournalMessages.Checked(_logger, check.Rows, check.DamagedRows, check.MissingRows);
    }

    private LogPosition ReadRows(LogPosition after, Action<EntryReader, ReadOnlySpan<byte>> read)
    {
        var reader = new EntryReader();
        var buffer = Array.Empty<byte>();
        while (ReadNext(after, ref buffer, out var length) is { } position)
        {
            try
            {
                read(reader, JournalBlock.Open(buffer.AsSpan(0, length), out _));
            }
            catch (JournalDamagedException e)
            {
                NoteDamage(position, e.Message);
            }

            after = position;
        }

        return after;
    }

    /// <summary>A file that turns out to be damaged is repaired by opening it anew: the hub ends.</summary>
    private LogPosition? ReadNext(LogPosition after, ref byte[] buffer, out int length)
    {
        try
        {
            return _log.ReadNext(after, ref buffer, out length);
        }
        catch (LogFailedException e)
        {
            Fail(e, []);
            throw;
        }
    }

    private LogPosition Begin(string follower, LogPosition after)
    {
        if (after > Tail)
        {
            JournalMessages.CursorAhead(_logger, follower, after, Tail);
            after = LogPosition.Start;
        }
        else if (after > LogPosition.Start && after.Value + 1 < First.Value)
        {
            JournalMessages.CursorBehind(_logger, follower, after, First);
        }

        _followers.Report(follower, after);
        _followers.Saw(follower, after);
        return after;
    }

    private JournalRow? Decode(LogPosition position, ReadOnlySpan<byte> block, EntryReader reader)
    {
        try
        {
            var entries = reader.Read(JournalBlock.Open(block, out var committedAt));
            return new JournalRow(position, entries) { CommittedAt = committedAt };
        }
        catch (JournalDamagedException e)
        {
            NoteDamage(position, e.Message);
            return null;
        }
    }

    private void NoteDamage(LogPosition position, string damage)
    {
        // Every follower comes to it, and each check: it is one row.
        if (_damagedRows.Count < JournalCheck.NamedMax && _damagedRows.TryAdd(position, damage))
        {
            JournalMessages.Damaged(_logger, position, damage);
        }
    }
}
