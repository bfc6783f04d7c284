namespace Hub.Transport.Log;

/// <summary>One row as it was written.</summary>
/// <param name="RowId">Its number; 0 in a table without row numbers.</param>
/// <param name="Values">
/// Its columns in the order of the table's: null, long, double, string or byte[]. Fewer than the table has if the last
/// ones were added after it was written.
/// </param>
public readonly record struct SqliteRow(long RowId, object?[] Values);
