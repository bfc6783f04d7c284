namespace Hub.Proof.Tests.Simulation;

/// <summary>What can become of a call to the disk.</summary>
internal enum DiskError
{
    /// <summary>ENOSPC: a write finds no room.</summary>
    NoSpace,

    /// <summary>EIO: a read, write, truncation or removal fails.</summary>
    InputOutput,

    /// <summary>EROFS: the file system has been mounted read-only, as Linux does when it doubts it.</summary>
    ReadOnly,

    /// <summary>A sync fails, and what it was for will never be on the disk.</summary>
    FailedSync,

    /// <summary>kill -9 before the call is done.</summary>
    Kill,

    /// <summary>The power goes before the call is done, and with it what was not synced.</summary>
    PowerCut,
}
