using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>Reading it again without following.</summary>
public sealed partial class JournalLog
{
    /// <summary>The rows after a position up to another, for a replay: nobody follows, nothing is reported.</summary>
    public IEnumerable<JournalRow> Read(LogPosition after, LogPosition through)
    {
        var reader = new EntryReader();
        var buffer = Array.Empty<byte>();
        while (after < through && _log.ReadNext(after, ref buffer, out var length) is { } position)
        {
            after = position;
            if (Decode(position, buffer.AsSpan(0, length), reader) is { } row)
            {
                yield return row;
            }
        }
    }

    /// <summary>Which sequence numbers the rows after a position have spent; gives the last row read.</summary>
    public LogPosition ReadSequences(LogPosition after, Action<SpentSequences> take)
    {
        var reader = new EntryReader();
        var buffer = Array.Empty<byte>();
        while (_log.ReadNext(after, ref buffer, out var length) is { } position)
        {
            try
            {
                reader.ReadSequences(JournalBlock.Open(buffer.AsSpan(0, length), out _), take);
            }
            catch (JournalDamagedException e)
            {
                NoteDamage(position, e);
            }

            after = position;
        }

        return after;
    }
}
