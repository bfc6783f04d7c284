using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>Decides how far the journal may be trimmed.</summary>
internal static class JournalTrim
{
    /// <summary>The last row that may go; before the first if none may.</summary>
    public static LogPosition Through(IRowLog log, JournalOptions options, DateTimeOffset now, LogPosition slowest)
    {
        var (first, tail) = (log.First.Value, log.Tail.Value);
        var through = LastCommittedBefore(log, now - options.KeepFor, first, tail);
        var used = log.BytesUsed;
        if (used > options.KeepBytesMax)
        {
            // Rows differ in size, so this share is a guess; the next time makes it better.
            var share = (double)(used - options.KeepBytesMax) / used;
            through = Math.Max(through, first + (long)Math.Ceiling(share * (tail - first + 1)) - 1);
        }

        return new LogPosition(Math.Min(through, slowest.Value));
    }

    /// <summary>Commit times rise with positions, so the last old row is found by halving.</summary>
    public static long LastCommittedBefore(IRowLog log, DateTimeOffset oldest, long first, long tail)
    {
        var buffer = Array.Empty<byte>();
        var (low, high) = (first, tail + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (IsCommittedBefore(log, middle, oldest, ref buffer))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private static bool IsCommittedBefore(IRowLog log, long position, DateTimeOffset oldest, ref byte[] buffer)
    {
        try
        {
            return log.ReadNext(new LogPosition(position - 1), ref buffer, out var length) is not null
                && JournalBlock.Open(buffer.AsSpan(0, length), out var committedAt).Length >= 0
                && committedAt < oldest;
        }
        catch (JournalDamagedException)
        {
            // Its time is unknown: it goes when its elders and its bytes do.
            return false;
        }
    }
}
