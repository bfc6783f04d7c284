namespace Hub.Transport.Log;

/// <summary>A place in a log, counted in rows from 1; 0 is before the first.</summary>
public readonly record struct LogPosition(long Value) : IComparable<LogPosition>
{
    public static readonly LogPosition Start = new(0);

    public int CompareTo(LogPosition other) => Value.CompareTo(other.Value);

    public static bool operator <(LogPosition left, LogPosition right) => left.Value < right.Value;

    public static bool operator >(LogPosition left, LogPosition right) => left.Value > right.Value;

    public static bool operator <=(LogPosition left, LogPosition right) => left.Value <= right.Value;

    public static bool operator >=(LogPosition left, LogPosition right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
