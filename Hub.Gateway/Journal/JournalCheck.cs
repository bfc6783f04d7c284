using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>
/// What a walk over a journal's rows has found: which are damaged, and what is missing between them. Pure.
/// </summary>
public sealed class JournalCheck
{
    /// <summary>Damaged rows and gaps that are named; more are only counted.</summary>
    public const int NamedMax = 100;

    private readonly List<LogPosition> _damaged = [];
    private readonly List<LogGap> _gaps = [];
    private LogPosition _last;

    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    public long DamagedRows { get; private set; }

    /// <summary>Rows that are gone between those that are there.</summary>
    public long MissingRows { get; private set; }

    public IReadOnlyList<LogPosition> Damaged => _damaged;

    public IReadOnlyList<LogGap> Gaps => _gaps;

    /// <summary>The oldest whole row's commit.</summary>
    public DateTimeOffset? From { get; private set; }

    /// <summary>The newest whole row's commit.</summary>
    public DateTimeOffset? To { get; private set; }

    public void Take(LogPosition position, ReadOnlySpan<byte> block)
    {
        Rows++;
        Bytes += block.Length;
        NoteGap(position);
        try
        {
            _ = JournalBlock.Open(block, out var committedAt);
            From ??= committedAt;
            To = committedAt;
        }
        catch (JournalDamagedException)
        {
            DamagedRows++;
            Name(_damaged, position);
        }
    }

    private void NoteGap(LogPosition position)
    {
        var missing = _last == LogPosition.Start ? 0 : _last.RowsTo(position) - 1;
        if (missing > 0)
        {
            MissingRows += missing;
            Name(_gaps, new LogGap(new LogPosition(position.Value - missing - 1), position));
        }

        _last = position;
    }

    private static void Name<T>(List<T> named, T one)
    {
        if (named.Count < NamedMax)
        {
            named.Add(one);
        }
    }
}
