namespace Hub.Proof.Tests.Simulation;

/// <summary>What SQLite asks of its disk.</summary>
internal enum DiskCall
{
    Open,
    Read,
    Write,
    Truncate,
    Sync,
    Delete,
}
