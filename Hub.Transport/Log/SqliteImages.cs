using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Hub.Transport.Log;

/// <summary>
/// The newest committed image of each page of a database, from its file and its write-ahead log. A frame whose checksum
/// is wrong is none, and neither is one of a transaction that was never ended.
/// </summary>
internal sealed class SqliteImages : IDisposable
{
    public const int PageBytes = SqlitePages.PageBytes;

    /// <summary>Where the head says how many pages there are (1.3).</summary>
    private const int PageCountAt = 28;

    private readonly SafeFileHandle? _file;
    private readonly SafeFileHandle? _wal;
    private readonly Dictionary<uint, long> _newest = [];
    private readonly uint _filePages;

    public SqliteImages(string path)
    {
        _file = Open(path);
        _filePages = _file is null ? 0 : (uint)(RandomAccess.GetLength(_file) / PageBytes);
        _wal = Open(path + "-wal");
        var begun = new List<WalFrame>();
        foreach (var frame in WalFile.Frames(path + "-wal", PageBytes).Where(frame => frame.IsWhole))
        {
            begun.Add(frame);
            if (frame.IsCommit)
            {
                begun.ForEach(ended => _newest[ended.Page] = ended.At);
                begun.Clear();
            }
        }

        Count = Math.Max(_filePages, _newest.Keys.DefaultIfEmpty().Max());
    }

    /// <summary>The highest page of which there is an image.</summary>
    public uint Count { get; }

    /// <summary>Whether pages are gone that the head counts.</summary>
    public bool IsShort
    {
        get
        {
            if (Page(1) is not { } head)
            {
                return _filePages > 0;
            }

            var pages = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(PageCountAt));
            for (var page = _filePages + 1; page <= pages; page++)
            {
                if (!_newest.ContainsKey(page))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>A page, counted from 1; null if there is no image of it.</summary>
    public byte[]? Page(uint number)
    {
        var page = new byte[PageBytes];
        var isThere = _newest.TryGetValue(number, out var at)
            ? RandomAccess.Read(_wal!, page, at) == PageBytes
            : number > 0 && number <= _filePages
                && RandomAccess.Read(_file!, page, (number - 1L) * PageBytes) == PageBytes;
        return isThere ? page : null;
    }

    /// <summary>The pages that the list of free ones names (1.5); null if it isn't what the head says it is.</summary>
    public HashSet<uint>? Free()
    {
        var free = new HashSet<uint>();
        if (Page(1) is not { } head)
        {
            return null;
        }

        var next = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(32));
        while (next != 0)
        {
            if (Page(next) is not { } trunk || !free.Add(next))
            {
                return null;
            }

            var leaves = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(trunk.AsSpan(4)), (trunk.Length / 4) - 2);
            for (var i = 0; i < leaves; i++)
            {
                free.Add(BinaryPrimitives.ReadUInt32BigEndian(trunk.AsSpan(8 + (i * 4))));
            }

            next = BinaryPrimitives.ReadUInt32BigEndian(trunk);
        }

        var isHead = head.AsSpan(0, 16).SequenceEqual("SQLite format 3\0"u8);
        return isHead && free.Count == BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(36)) ? free : null;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _wal?.Dispose();
    }

    private static SafeFileHandle? Open(string path) => File.Exists(path) ? File.OpenHandle(path) : null;
}
