namespace Hub.Transport.Log;

/// <summary>What opening a log found out about its file.</summary>
/// <param name="Fault">What was wrong with it; null if it was whole.</param>
/// <param name="PutAsidePath">Where the damaged file has been moved, with everything it held; null if it was
/// whole.</param>
/// <param name="WasCheckedInFull">False for a file beyond the size limit: only both its ends were read.</param>
public sealed record LogRecovery(string? Fault, string? PutAsidePath, bool WasCheckedInFull)
{
    public bool WasDamaged => Fault is not null;

    /// <summary>Rows that were copied out of the damaged file, each at its position.</summary>
    public long RowsSaved { get; init; }

    /// <summary>
    /// What is missing between them. What was before the first or after the last of them can't be known.
    /// </summary>
    public IReadOnlyList<LogGap> Gaps { get; init; } = [];

    public long RowsLost => Gaps.Sum(gap => gap.Rows);
}
