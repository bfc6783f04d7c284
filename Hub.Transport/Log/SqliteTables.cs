using System.Buffers.Binary;

namespace Hub.Transport.Log;

/// <summary>
/// The rows of every table of a damaged database, read from its pages without SQLite (its file format, 1.5, 1.6, 2.6).
/// Each tree is walked from its root; what is unreadable on the way costs what stands on it alone, for leaves that no
/// tree leads to any more are given to the one table that has lost some and whose rows look so. Freed pages still hold
/// rows that were deleted: where it isn't certain which pages are free, none is given to anybody.
/// </summary>
public sealed class SqliteTables : IDisposable
{
    private const int HeadBytes = 100;
    private const byte IndexInterior = 0x02;
    private const byte TableInterior = 0x05;
    private const byte IndexLeaf = 0x0A;
    private const byte TableLeaf = 0x0D;

    /// <summary>The table of tables (2.6).</summary>
    private static readonly SqliteTable Schema = SqliteTable.Of(
        "table", "schema", 1, "CREATE TABLE schema (type TEXT, name TEXT, tbl_name TEXT, rootpage INTEGER, sql TEXT)")!;

    private readonly SqliteImages _images;
    private readonly Dictionary<string, SqliteTable> _tables = [];
    private readonly Dictionary<string, List<uint>> _pagesOf = [];
    private readonly HashSet<string> _incomplete = [];
    private readonly HashSet<uint> _taken = [];

    // Where a frame is lost its page is seen as it was before, and nothing about it looks wrong.
    private readonly bool _isBehind;

    public SqliteTables(string path)
    {
        _images = new SqliteImages(path);
        _isBehind = WalFile.IsDamaged(path + "-wal", SqliteImages.PageBytes);
        var trees = ReadSchema(out var isWhole);
        foreach (var tree in trees)
        {
            _tables.TryAdd(tree.Name, tree);
            _pagesOf[tree.Name] = Walk(tree);
        }

        if (isWhole)
        {
            // Else a leaf may be of a table that nobody knows any more.
            Adopt();
        }
    }

    /// <summary>A table or an index of that name; null if its description is gone.</summary>
    public SqliteTable? Find(string table) => _tables.GetValueOrDefault(table);

    /// <summary>Whether every row of it was found, as far as <see cref="RowsOf"/> has come.</summary>
    public bool IsComplete(string table) =>
        _tables.ContainsKey(table) && !_incomplete.Contains(table) && !_isBehind;

    /// <summary>
    /// Every row that can be read, in no order; one may come twice. Of an index what it is by, then the row's number.
    /// </summary>
    public IEnumerable<SqliteRow> RowsOf(string table)
    {
        if (_tables.GetValueOrDefault(table) is not { } described)
        {
            yield break;
        }

        foreach (var number in _pagesOf[table])
        {
            var page = _images.Page(number)!;
            for (var place = 0; place < CellsOf(page, number); place++)
            {
                if (Row(page, number, place) is { } row
                    && (described.Columns.Count == 0 || described.Fits(row.Values)))
                {
                    yield return row;
                }
                else
                {
                    _incomplete.Add(table);
                }
            }
        }
    }

    public void Dispose() => _images.Dispose();

    private List<SqliteTable> ReadSchema(out bool isWhole)
    {
        _tables[Schema.Name] = Schema;
        _pagesOf[Schema.Name] = Walk(Schema);
        isWhole = !_incomplete.Contains(Schema.Name);
        if (!isWhole)
        {
            // The first page leads to the others. A description is known when it is seen, and roots never move.
            _pagesOf[Schema.Name] =
            [
                .. Pages().Where(page => Kind(page) == TableLeaf
                    && RowsOn(page).Any() && RowsOn(page).All(row => Schema.Fits(row.Values) && IsDescription(row))),
            ];
        }

        var found = RowsOf(Schema.Name).Where(IsDescription).OrderByDescending(row => row.RowId)
            .DistinctBy(row => row.Values[1]).ToList();
        _tables.Clear();
        List<SqliteTable> trees =
        [
            .. from row in found
               let tree = SqliteTable.Of(
                   (string)row.Values[0]!, (string)row.Values[1]!, (long)row.Values[3]!, row.Values[4] as string)
               where tree is not null
               select tree,
        ];
        isWhole &= trees.Count == found.Count;
        return trees;

        static bool IsDescription(SqliteRow row) =>
            row.Values is ["table" or "index", string, string, > 0L, string or null];
    }

    /// <summary>The pages of one tree that have rows.</summary>
    private List<uint> Walk(SqliteTable tree)
    {
        var isTable = tree is { Columns.Count: > 0, IsWithoutRowId: false };
        var pages = new List<uint>();
        var ahead = new Stack<uint>([(uint)tree.Root]);
        while (ahead.TryPop(out var number))
        {
            var page = _taken.Add(number) ? _images.Page(number) : null;
            var kind = page is null ? 0 : page[HeadOf(number)];
            if (page is null || !(isTable ? kind is TableLeaf or TableInterior : kind is IndexLeaf or IndexInterior))
            {
                _incomplete.Add(tree.Name);
                if (page is not null)
                {
                    // It may be another one's, to which nobody has come yet.
                    _taken.Remove(number);
                }

                continue;
            }

            if (kind is TableInterior or IndexInterior)
            {
                Children(page, number).ForEach(ahead.Push);
            }

            if (kind != TableInterior)
            {
                pages.Add(number);
            }
        }

        return pages;
    }

    private static List<uint> Children(byte[] page, uint number)
    {
        var children = new List<uint> { BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(HeadOf(number) + 8)) };
        for (var place = CellsOf(page, number) - 1; place >= 0; place--)
        {
            var at = CellAt(page, number, place);
            // Page 0 is none, and counts as one that is gone.
            children.Add(at <= page.Length - 4 ? BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at)) : 0);
        }

        return children;
    }

    /// <summary>Leaves without a tree, for those that have lost some.</summary>
    private void Adopt()
    {
        var broken = _tables.Values
            .Where(table => table.Columns.Count > 0 && _incomplete.Contains(table.Name)).ToList();
        if (broken.Count == 0 || _images.Free() is not { } free)
        {
            return;
        }

        foreach (var number in Pages().Where(page => !_taken.Contains(page) && !free.Contains(page)))
        {
            var kind = Kind(number);
            var rows = kind is TableLeaf or IndexLeaf ? RowsOn(number).ToList() : [];
            var fitting = broken.Where(table => table.IsWithoutRowId == (kind == IndexLeaf)
                && rows.Count > 0 && rows.TrueForAll(row => table.Fits(row.Values))).ToList();
            if (fitting is [var only])
            {
                _pagesOf[only.Name].Add(number);
            }
        }
    }

    private IEnumerable<uint> Pages()
    {
        for (uint page = 1; page <= _images.Count; page++)
        {
            yield return page;
        }
    }

    private int Kind(uint number) => _images.Page(number) is { } page ? page[HeadOf(number)] : 0;

    private IEnumerable<SqliteRow> RowsOn(uint number)
    {
        var page = _images.Page(number)!;
        for (var place = 0; place < CellsOf(page, number); place++)
        {
            yield return Row(page, number, place) ?? new SqliteRow(0, []);
        }
    }

    private SqliteRow? Row(byte[] page, uint number, int place)
    {
        var kind = page[HeadOf(number)];
        var at = CellAt(page, number, place) + (kind == IndexInterior ? 4 : 0);
        var rest = (ReadOnlySpan<byte>)page.AsSpan(Math.Min(at, page.Length));
        var rowId = 0L;
        if (!SqliteRecord.TryNumber(ref rest, out var length) || length < 1
            || length > (long)_images.Count * SqliteImages.PageBytes
            || (kind == TableLeaf && !SqliteRecord.TryNumber(ref rest, out rowId)))
        {
            return null;
        }

        var local = SqliteRecord.LocalBytes((int)length, SqliteImages.PageBytes, kind != TableLeaf);
        if (rest.Length < local + (local < length ? 4 : 0))
        {
            return null;
        }

        var record = new byte[length];
        rest[..local].CopyTo(record);
        return (local == length || Follow(BinaryPrimitives.ReadUInt32BigEndian(rest[local..]), record.AsSpan(local)))
            && SqliteRecord.TryValues(record, out var values)
            ? new SqliteRow(rowId, values)
            : null;
    }

    private bool Follow(uint next, Span<byte> record)
    {
        while (record.Length > 0)
        {
            if (_images.Page(next) is not { } page)
            {
                return false;
            }

            var here = Math.Min(record.Length, page.Length - 4);
            page.AsSpan(4, here).CopyTo(record);
            record = record[here..];
            next = BinaryPrimitives.ReadUInt32BigEndian(page);
        }

        // The last one leads nowhere.
        return next == 0;
    }

    private static int HeadOf(uint number) => number == 1 ? HeadBytes : 0;

    private static int CellsOf(byte[] page, uint number)
    {
        var head = HeadOf(number) + (page[HeadOf(number)] is TableInterior or IndexInterior ? 12 : 8);
        var cells = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(HeadOf(number) + 3));
        return Math.Min(cells, (page.Length - head) / 2);
    }

    private static int CellAt(byte[] page, uint number, int place)
    {
        var head = HeadOf(number) + (page[HeadOf(number)] is TableInterior or IndexInterior ? 12 : 8);
        return BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(head + (place * 2)));
    }
}
