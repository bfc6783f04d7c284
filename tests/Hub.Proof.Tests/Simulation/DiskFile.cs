namespace Hub.Proof.Tests.Simulation;

/// <summary>One file of a simulated disk: what is surely on it, and what may be.</summary>
internal sealed class DiskFile : IDisposable
{
    private const int SectorBytes = 512;
    private const int PageBytes = 4096;
    private readonly List<(long At, byte[]? Bytes)> _pending = [];

    // What a failed sync was for: read from the cache like everything else, and written only with its page.
    private readonly List<(long At, byte[] Bytes)> _orphans = [];
    private MemoryStream? _durable;

    /// <param name="bytes">What is on the disk already; null for nothing.</param>
    public DiskFile(byte[]? bytes)
    {
        if (bytes is not null)
        {
            _durable = new MemoryStream();
            _durable.Write(bytes);
        }

        Exists = bytes is not null;
    }

    public bool Exists { get; set; }

    /// <summary>A file that was removed and is made again is another one.</summary>
    public void Create()
    {
        if (!Exists)
        {
            _pending.Clear();
            _orphans.Clear();
            (Exists, _durable) = (true, null);
        }
    }

    /// <summary>A write, or without bytes a truncation.</summary>
    public void Add(long at, byte[]? bytes)
    {
        lock (_pending)
        {
            _pending.Add((at, bytes));
            CutOrphans(at, bytes is null ? long.MaxValue : at + bytes.Length);
        }
    }

    public void Sync()
    {
        // A connection that was left to the garbage collector is closed on a thread of its own.
        lock (_pending)
        {
            ApplyOrphansBeside();
            _pending.ForEach(piece => Apply(piece.At, piece.Bytes));
            _pending.Clear();
            _durable ??= new MemoryStream();
        }
    }

    /// <summary>A sync has failed: the kernel takes the pages for written, and they never will be.</summary>
    public void LosePending()
    {
        lock (_pending)
        {
            _orphans.AddRange(_pending.Where(piece => piece.Bytes is not null).Select(piece => (piece.At, piece.Bytes!)));
            _pending.Clear();
        }
    }

    /// <summary>What the power cut has left becomes the file.</summary>
    public void Recover(string path, Random random, PowerCut cut)
    {
        var kept = cut == PowerCut.KeepsTheFirst ? random.Next(_pending.Count + 1) : _pending.Count;
        for (var i = 0; i < kept && cut != PowerCut.KeepsNothing; i++)
        {
            var (at, bytes) = _pending[i];
            if (cut != PowerCut.KeepsAny || random.Next(2) == 0)
            {
                Apply(at, bytes is not null && cut != PowerCut.KeepsAll && random.Next(4) == 0 ? Torn(bytes, random) : bytes);
            }
        }

        _pending.Clear();
        _orphans.Clear();
        // The removal of a write-ahead log is not synced by SQLite either: it may be back.
        var isBack = path.EndsWith("-wal", StringComparison.Ordinal) && random.Next(2) == 0;
        (Exists, _durable) = Exists || isBack ? (_durable is not null, _durable) : (false, null);
        File.Delete(path);
        if (_durable is not null)
        {
            File.WriteAllBytes(path, _durable.ToArray());
        }
    }

    /// <summary>A page that is written again is written whole, with what a failed sync left in it.</summary>
    private void ApplyOrphansBeside()
    {
        if (_orphans.Count == 0)
        {
            return;
        }

        var pages = _pending.Where(piece => piece.Bytes is not null)
            .SelectMany(piece => Enumerable.Range(
                (int)(piece.At / PageBytes),
                (int)((piece.At + piece.Bytes!.Length - 1) / PageBytes) - (int)(piece.At / PageBytes) + 1))
            .ToHashSet();
        foreach (var page in pages)
        {
            var (from, to) = ((long)page * PageBytes, (page + 1L) * PageBytes);
            foreach (var (at, bytes) in _orphans.Where(piece => piece.At < to && piece.At + piece.Bytes.Length > from))
            {
                var (first, last) = (Math.Max(from, at), Math.Min(to, at + bytes.Length));
                Apply(first, bytes[(int)(first - at)..(int)(last - at)]);
            }

            CutOrphans(from, to);
        }
    }

    /// <summary>Those bytes are somebody else's now, or on the disk.</summary>
    private void CutOrphans(long from, long to)
    {
        foreach (var (at, bytes) in _orphans.Where(piece => piece.At < to && piece.At + piece.Bytes.Length > from).ToList())
        {
            _orphans.RemoveAll(piece => ReferenceEquals(piece.Bytes, bytes));
            if (at < from)
            {
                _orphans.Add((at, bytes[..(int)(from - at)]));
            }

            if (at + bytes.Length > to)
            {
                _orphans.Add((to, bytes[(int)(to - at)..]));
            }
        }
    }

    public void Dispose() => _durable?.Dispose();

    private static byte[] Torn(byte[] bytes, Random random) =>
        bytes[..Math.Min(bytes.Length, SectorBytes * random.Next((bytes.Length / SectorBytes) + 1))];

    private void Apply(long at, byte[]? bytes)
    {
        _durable ??= new MemoryStream();
        if (bytes is null)
        {
            _durable.SetLength(at);
            return;
        }

        _durable.Position = at;
        _durable.Write(bytes);
    }
}
