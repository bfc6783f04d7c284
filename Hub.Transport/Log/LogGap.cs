namespace Hub.Transport.Log;

/// <summary>Rows that are gone from a damaged log.</summary>
/// <param name="After">The last row before them.</param>
/// <param name="Before">The first row after them.</param>
public readonly record struct LogGap(LogPosition After, LogPosition Before)
{
    public long Rows => Before.Value - After.Value - 1;
}
