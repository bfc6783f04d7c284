namespace Hub.Transport.Log;

/// <summary>A place in a log, counted in rows from 1; 0 is before the first.</summary>
public readonly record struct LogPosition(long Value) : IComparable<LogPosition>
{
    public static readonly LogPosition Start = new(0);

    /// <summary>
    /// Each file after a damaged one goes on that many positions higher, so that no follower's cursor into what is lost
    /// can be taken for a place in the new one.
    /// </summary>
    internal const int FileBits = 40;

    /// <summary>The position before the first that the same file gave out.</summary>
    internal LogPosition StartOfFile => new(Value & -(1L << FileBits));

    /// <summary>Rows after this one up to another; those from before a file was rebuilt count as one.</summary>
    public long RowsTo(LogPosition tail) => tail <= this ? 0
        : tail.StartOfFile <= this ? tail.Value - Value
        : tail.Value - tail.StartOfFile.Value + 1;

    public int CompareTo(LogPosition other) => Value.CompareTo(other.Value);

    public static bool operator <(LogPosition left, LogPosition right) => left.Value < right.Value;

    public static bool operator >(LogPosition left, LogPosition right) => left.Value > right.Value;

    public static bool operator <=(LogPosition left, LogPosition right) => left.Value <= right.Value;

    public static bool operator >=(LogPosition left, LogPosition right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
