using SQLitePCL;

namespace Hub.Proof.Tests.Simulation;

/// <summary>A file as one life of the machine's program has it open.</summary>
internal sealed class SimulatedFile(SimulatedDisk disk, DiskFile file, int life)
{
    public bool IsUsable => disk.IsOn && disk.Life == life;

    public int Reading() => Count(DiskCall.Read);

    public int Writing(ReadOnlySpan<byte> bytes, long at)
    {
        var code = Count(DiskCall.Write);
        if (code == raw.SQLITE_OK)
        {
            file.Add(at, bytes.ToArray());
        }

        return code;
    }

    public int Truncating(long size)
    {
        var code = Count(DiskCall.Truncate);
        if (code == raw.SQLITE_OK)
        {
            file.Add(size, null);
        }

        return code;
    }

    public int Syncing()
    {
        var code = Count(DiskCall.Sync);
        if (code == raw.SQLITE_IOERR_FSYNC)
        {
            file.LosePending();
            return disk.SwallowsFailedSyncs ? raw.SQLITE_OK : code;
        }

        if (code == raw.SQLITE_OK && !disk.SyncLies)
        {
            file.Sync();
        }

        return code;
    }

    private int Count(DiskCall call) => IsUsable ? disk.Count(call) : raw.SQLITE_IOERR;
}
