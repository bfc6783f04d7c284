using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Hub.Transport.Log;

/// <summary>
/// Every image of every page that a damaged database and its write-ahead log still hold, and the records in those that
/// are leaves of a table (SQLite's file format, 1.6 and 2.1). It asks no tree for the way: a leaf whose parents are
/// gone is found as well.
/// </summary>
internal sealed class SqlitePages : IDisposable
{
    public const int PageBytes = 4096;

    private const byte TableLeaf = 0x0D;
    private const int LeafHeadBytes = 8;
    private const int RecordBytesMax = 1 << 30;

    private readonly SafeFileHandle? _file;
    private readonly SafeFileHandle? _wal;
    private readonly long _filePages;

    // The newest image of each page in the write-ahead log; a record's overflow pages are looked for there first.
    private readonly Dictionary<uint, long> _newest = [];
    private readonly List<long> _frames = [];
    private readonly byte[] _page = new byte[PageBytes];
    private int _turnedTo = -1;
    private bool _isTurned;

    public SqlitePages(string path)
    {
        _file = Open(path);
        _filePages = _file is null ? 0 : RandomAccess.GetLength(_file) / PageBytes;
        _wal = Open(path + "-wal");
        foreach (var frame in WalFile.Frames(path + "-wal", PageBytes))
        {
            // A wrong checksum may be the checksum's own fault: whoever reads the records knows if they are whole.
            if (frame.IsOfThisRound)
            {
                _newest[frame.Page] = frame.At;
                _frames.Add(frame.At);
            }
        }
    }

    /// <summary>How many pages there are to look at.</summary>
    public int Count => (int)_filePages + _frames.Count;

    /// <summary>How many records one page says it has; none unless it is a leaf of a table.</summary>
    public int CellsOf(int page) =>
        Turn(page) && _page[0] == TableLeaf
            ? Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(_page.AsSpan(3)), (PageBytes - LeafHeadBytes) / 2)
            : 0;

    /// <summary>One of them; null if there is none that can be read.</summary>
    public SqliteCell? Cell(int page, int place) => Turn(page)
        ? Cell(BinaryPrimitives.ReadUInt16BigEndian(_page.AsSpan(LeafHeadBytes + (place * 2))))
        : null;

    public void Dispose()
    {
        _file?.Dispose();
        _wal?.Dispose();
    }

    private static SafeFileHandle? Open(string path) => File.Exists(path) ? File.OpenHandle(path) : null;

    private bool Turn(int page)
    {
        if (_turnedTo != page)
        {
            _turnedTo = page;
            _isTurned = page < _filePages
                ? RandomAccess.Read(_file!, _page, (long)page * PageBytes) == PageBytes
                : RandomAccess.Read(_wal!, _page, _frames[page - (int)_filePages]) == PageBytes;
        }

        return _isTurned;
    }

    private SqliteCell? Cell(int at)
    {
        var rest = (ReadOnlySpan<byte>)_page.AsSpan(Math.Min(at, PageBytes));
        if (!SqliteRecord.TryNumber(ref rest, out var length) || length is < 1 or > RecordBytesMax
            || !SqliteRecord.TryNumber(ref rest, out var rowId))
        {
            return null;
        }

        var local = SqliteRecord.LocalBytes((int)length, PageBytes, isIndex: false);
        if (length > local + ((long)Count * PageBytes) || rest.Length < local + (local < length ? 4 : 0))
        {
            return null;
        }

        var record = new byte[length];
        rest[..local].CopyTo(record);
        return local == length || Follow(BinaryPrimitives.ReadUInt32BigEndian(rest[local..]), record.AsSpan(local))
            ? new SqliteCell(rowId, record)
            : null;
    }

    private bool Follow(uint next, Span<byte> record)
    {
        var page = new byte[PageBytes];
        while (record.Length > 0)
        {
            if (!ReadNewest(next, page))
            {
                return false;
            }

            var here = Math.Min(record.Length, PageBytes - 4);
            page.AsSpan(4, here).CopyTo(record);
            record = record[here..];
            next = BinaryPrimitives.ReadUInt32BigEndian(page);
        }

        return true;
    }

    private bool ReadNewest(uint number, byte[] page) => _newest.TryGetValue(number, out var at)
        ? RandomAccess.Read(_wal!, page, at) == PageBytes
        : number is > 0 && number <= _filePages
            && RandomAccess.Read(_file!, page, (number - 1L) * PageBytes) == PageBytes;
}
