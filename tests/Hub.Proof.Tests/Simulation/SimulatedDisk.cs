using SQLitePCL;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// One machine's disk as SQLite sees it. What was synced is there after a power cut; of what was not, some is there, some
/// isn't, in any order, and some of it in part. A write or a sync can be told to fail; after a failed sync the data that it
/// was for can still be read and will never be on the disk, as with Linux.
/// <code>
///   written ──► pending ──sync──► durable          a failed sync: pending ──► nowhere (but read all the same)
///                  └──power cut──► each piece: there, gone, or torn at a sector
/// </code>
/// </summary>
internal sealed class SimulatedDisk : IDisposable
{
    private readonly Dictionary<string, DiskFile> _files = new(StringComparer.Ordinal);
    private readonly Random _random;
    private int _life;

    public SimulatedDisk(string folder, Random random)
    {
        (Folder, _random) = (folder, random);
        Directory.CreateDirectory(folder);
        SqliteShim.Attach(this);
    }

    public string Folder { get; }

    /// <summary>False from the power cut or the kill to the next start: whatever the old program does fails.</summary>
    public bool IsOn { get; private set; } = true;

    /// <summary>Which start of the machine's program this is.</summary>
    public int Life => _life;

    /// <summary>Writes, truncations, syncs and removals so far.</summary>
    public long Operations { get; private set; }

    /// <summary>The operations that failed because they were told to.</summary>
    public long Failures { get; private set; }

    /// <summary>That many operations from now the power fails; null for not at all.</summary>
    public int? PowerFailsIn { get; set; }

    /// <summary>That many operations from now one fails: a sync as itself, a write as a full disk.</summary>
    public int? OperationFailsIn { get; set; }

    /// <summary>The one fault of a script; null for none.</summary>
    public DiskFault? Fault { get; set; }

    /// <summary>How often each kind of call has come so far.</summary>
    public int[] Calls { get; } = new int[Enum.GetValues<DiskCall>().Length];

    /// <summary>Syncs that do nothing and say that they have.</summary>
    public bool SyncLies { get; set; }

    /// <summary>Failed syncs are told as good ones: nobody looks at the answer.</summary>
    public bool SwallowsFailedSyncs { get; set; }

    /// <summary>Why the power went, for the record.</summary>
    public bool PowerFailed { get; private set; }

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>kill -9: what was written stays written, the program is gone.</summary>
    public void Kill() => IsOn = false;

    /// <summary>The power is gone, and with it what was not synced.</summary>
    public void CutPower() => (IsOn, PowerFailed) = (false, true);

    /// <summary>The machine's next start. Everything that its last program had open must be closed.</summary>
    public void Start()
    {
        var cut = (PowerCut)_random.Next(4);
        foreach (var (path, file) in _files)
        {
            if (PowerFailed)
            {
                file.Recover(path, _random, cut);
            }
            else
            {
                Renew(path);
            }
        }

        (IsOn, PowerFailed, PowerFailsIn, OperationFailsIn) = (true, false, null, null);
        _life++;
    }

    /// <summary>The file is on no disk any more.</summary>
    public void Forget(string path)
    {
        foreach (var gone in _files.Keys.Where(file => file.StartsWith(path, StringComparison.Ordinal)).ToList())
        {
            _files.Remove(gone);
        }
    }

    public void Dispose() => SqliteShim.Detach(this);

    internal void Opening(string path)
    {
        if (!_files.ContainsKey(path))
        {
            _files[path] = new DiskFile(File.Exists(path) ? File.ReadAllBytes(path) : null);
        }
    }

    internal SimulatedFile Opened(string path)
    {
        _files[path].Create();
        return new SimulatedFile(this, _files[path], _life);
    }

    internal int Deleting(string path)
    {
        Opening(path);
        var code = Count(DiskCall.Delete);
        if (code == raw.SQLITE_OK)
        {
            _files[path].Exists = false;
        }

        return code;
    }

    /// <summary>Counts a call; says whether it fails.</summary>
    internal int Count(DiskCall call)
    {
        if (!IsOn)
        {
            return raw.SQLITE_IOERR;
        }

        Calls[(int)call]++;
        if (Fault is { } fault && fault.Strikes(call))
        {
            return Struck(call, fault.Error);
        }

        if (call is DiskCall.Open or DiskCall.Read)
        {
            return raw.SQLITE_OK;
        }

        Operations++;
        if (PowerFailsIn is { } left)
        {
            PowerFailsIn = left - 1;
            if (left <= 1)
            {
                CutPower();
                return raw.SQLITE_IOERR;
            }
        }

        if (OperationFailsIn is { } operations)
        {
            OperationFailsIn = operations > 1 ? operations - 1 : null;
            if (operations <= 1)
            {
                Failures++;
                return DiskFault.CodeOf(call, DiskError.NoSpace);
            }
        }

        return raw.SQLITE_OK;
    }

    private int Struck(DiskCall call, DiskError error)
    {
        Failures++;
        (IsOn, PowerFailed) = (error is not (DiskError.Kill or DiskError.PowerCut), error == DiskError.PowerCut);
        return IsOn ? DiskFault.CodeOf(call, error) : raw.SQLITE_IOERR;
    }

    // The same bytes in a new file: a connection that the old program never closed has no locks in it.
    private static void Renew(string path)
    {
        if (File.Exists(path))
        {
            File.Copy(path, path + "~");
            File.Move(path + "~", path, overwrite: true);
        }

        File.Delete(path + "-shm");
    }
}
