namespace Hub.Transport.Log;

/// <summary>A record as it stands on a leaf page of a table.</summary>
/// <param name="RowId">Its row number.</param>
/// <param name="Record">Its columns, as <see cref="SqliteRecord"/> reads them.</param>
internal readonly record struct SqliteCell(long RowId, byte[] Record);
