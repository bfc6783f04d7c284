namespace Hub.Transport.Log;

/// <summary>
/// Copies what can be read of a damaged log into a new file, each row at its own position. Rows never change and no
/// position is given twice, so an old image of a page is as good as a new one: all are looked at, and the log's owner
/// says of each row whether it is what was written.
/// </summary>
internal sealed class LogSalvage(SqlitePages pages, LogRowCheck isWhole)
{
    // Where each row stands; the bytes are read again when its turn comes.
    private readonly List<(long Position, int Page, int Place)> _rows = [];
    private readonly List<LogGap> _gaps = [];

    /// <summary>The highest position that was found; 0 for none.</summary>
    public long Highest => _rows.Count > 0 ? _rows[^1].Position : 0;

    public long Saved { get; private set; }

    /// <summary>What is gone between the rows that were saved.</summary>
    public IReadOnlyList<LogGap> Gaps => _gaps;

    /// <summary>Looks at every page.</summary>
    public void Find()
    {
        for (var page = 0; page < pages.Count; page++)
        {
            var cells = pages.CellsOf(page);
            for (var place = 0; place < cells; place++)
            {
                if (pages.Cell(page, place) is { RowId: > 0 and < LogFile.PositionMax } cell
                    && SqliteRecord.TryRow(cell.Record, out var bytes) && isWhole(bytes))
                {
                    _rows.Add((cell.RowId, page, place));
                }
            }
        }

        _rows.Sort();
    }

    /// <summary>Writes them all.</summary>
    public void CopyTo(LogDatabase database)
    {
        using var insert = database.Prepare("INSERT INTO log (position, bytes) VALUES (?1, ?2)");
        var last = 0L;
        foreach (var (position, page, place) in _rows)
        {
            if (position == last)
            {
                // An image of the same page from earlier.
                continue;
            }

            _ = SqliteRecord.TryRow(pages.Cell(page, place)!.Value.Record, out var bytes);
            database.Insert(insert, position, bytes);
            NoteGap(last, position);
            Saved++;
            last = position;
        }
    }

    private void NoteGap(long last, long position)
    {
        // How many there were before the first one, or at the end of an earlier file, nobody knows.
        var before = last == 0 ? position - 1 : Math.Max(last, new LogPosition(position).StartOfFile.Value);
        if (position > before + 1)
        {
            _gaps.Add(new LogGap(new LogPosition(before), new LogPosition(position)));
        }
    }
}
