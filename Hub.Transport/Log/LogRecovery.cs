namespace Hub.Transport.Log;

/// <summary>What opening a log found out about its file.</summary>
/// <param name="Fault">What was wrong with it; null if it was whole.</param>
/// <param name="PutAsidePath">Where the damaged file has been moved, with everything it held; null if it was
/// whole.</param>
/// <param name="WasCheckedInFull">False for a file beyond the size limit: only both its ends were read.</param>
public sealed record LogRecovery(string? Fault, string? PutAsidePath, bool WasCheckedInFull)
{
    public bool WasDamaged => Fault is not null;
}
