using SQLitePCL;

namespace Hub.Proof.Tests.Simulation;

/// <summary>One error at one call of a script: the <paramref name="at"/>th of those that it can strike, from 1 on.</summary>
/// <param name="stays">All the calls that follow fail as well, until it is mended.</param>
internal sealed class DiskFault(DiskError error, int at, bool stays)
{
    private bool _isMended;
    private int _calls;

    public DiskError Error => error;

    public bool HasStruck => _calls >= at;

    /// <summary>It still strikes.</summary>
    public bool IsOn => stays && HasStruck && !_isMended;

    public void Mend() => _isMended = true;

    /// <summary>Whether this call meets it.</summary>
    public bool Strikes(DiskCall call)
    {
        if (!CanStrike(error, call) || _isMended)
        {
            return false;
        }

        _calls++;
        return _calls == at || IsOn;
    }

    /// <summary>What SQLite's own layer makes of a call that failed so (os_unix.c).</summary>
    public static int CodeOf(DiskCall call, DiskError error) => call switch
    {
        DiskCall.Open => raw.SQLITE_CANTOPEN,
        DiskCall.Read => raw.SQLITE_IOERR_READ,
        DiskCall.Write => error == DiskError.NoSpace ? raw.SQLITE_FULL : raw.SQLITE_IOERR_WRITE,
        DiskCall.Truncate => raw.SQLITE_IOERR_TRUNCATE,
        DiskCall.Sync => raw.SQLITE_IOERR_FSYNC,
        _ => raw.SQLITE_IOERR_DELETE,
    };

    public static bool CanStrike(DiskError error, DiskCall call) => error switch
    {
        DiskError.NoSpace => call == DiskCall.Write,
        DiskError.InputOutput => call != DiskCall.Sync,
        DiskError.ReadOnly => call is DiskCall.Open or DiskCall.Write or DiskCall.Truncate or DiskCall.Delete,
        DiskError.FailedSync => call == DiskCall.Sync,
        _ => call is not (DiskCall.Open or DiskCall.Read),
    };
}
